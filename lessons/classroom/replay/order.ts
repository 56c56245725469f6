// An order: what the recorder is told by the process that started it.

export type Order = {
  replay: 'begin';
  /** The file to write to. */
  notes: string;
  /** The folders whose code is shown. */
  folders: string[];
  /** How many requests will be recorded. */
  requests: number;
  secrets: string[];
} | { replay: 'end' };
