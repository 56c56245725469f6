// A cause: what a file of causes is made of.
//
//   an error that nobody caught  ──►  the slip behind it, or undefined: not my case

import type { SourceLocation } from './place.ts';
import type { Slip } from './tell.ts';
import type { Visit } from './visit.ts';

export type Failure = {
  error: Error & { code?: string };
  message: string;
  visit: Visit | undefined;
  place: SourceLocation | undefined;
};

/** `at` is where the slip is, if not where the error was made. */
export type Explained = (Slip & { at?: SourceLocation | undefined }) | undefined;
export type Cause = (failure: Failure) => Explained;

/** An error of Node's own. Which of these fields it has depends on its code. */
export type NodeError = NodeJS.ErrnoException & {
  port?: number;
  address?: string;
  input?: string;
  path?: string;
  errors?: NodeError[];
};
export type NodeFailure = Failure & { error: NodeError };

/** The same cause for one or more codes. */
export function on(codes: string, cause: (failure: NodeFailure) => Explained): Cause {
  const known = codes.split(' ');
  return (failure) => (known.includes(failure.error.code ?? '') ? cause(failure) : undefined);
}

export function sayError({ name, message }: Error): string {
  const [line = ''] = message.split('\n');
  return `${name}: ${line.length > 160 ? `${line.slice(0, 160)}…` : line}`;
}
