// The doctor's judgement: from facts about this computer to what to do.
//
//   { node: '20.20.2', native: false, tsx: true, … }
//     ──►  ! Node 20.20.2 works, but … Get 24 or 26 …
//
// Only facts come in and only sentences go out, so every computer can be judged on this one.

export type Facts = {
  node: string;
  /** Node runs TypeScript by itself. */
  native: boolean;
  /** tsx is installed. */
  tsx: boolean;
  /** The editor's types for Node are installed. */
  types: boolean;
  port: 'free' | 'taken' | 'forbidden';
  /** When the port is taken by a server of this course: 'lesson 4', and 'kill 4711'. */
  takenBy: { name: string; pid: number; wayToEnd: string } | undefined;
  /** Why the data folder cannot be written; undefined when it can. */
  writeError: string | undefined;
  root: string;
  wsl: boolean;
};

export type Finding = { mark: '✔' | '!' | '✘'; text: string };

export function judge(facts: Facts): Finding[] {
  return [
    judgeNode(facts),
    judgeTypescript(facts),
    judgeTypes(facts),
    judgePort(facts),
    judgeWriting(facts),
    judgePlace(facts),
  ];
}

/** Where port 3000 is not to be had. */
const otherPort = 'npm run lesson 1 port 3001';

export function summary(findings: Finding[]): string {
  const bad = findings.filter(({ mark }) => mark === '✘').length;
  const notes = findings.filter(({ mark }) => mark === '!').length;
  if (bad > 0) return sayBad(bad);
  const needsPort = findings.some(({ text }) => text.endsWith(otherPort));
  if (notes > 0) return sayNotes(notes, needsPort ? otherPort : 'npm run lesson 1');
  return 'All is well. Begin with: npm run lesson 1';
}

function sayBad(count: number): string {
  const things = count === 1 ? 'One thing' : `${count} things`;
  return `${things} must be mended first: see ✘ above, then run "npm run doctor" again.`;
}

function sayNotes(count: number, begin: string): string {
  const notes = count === 1 ? 'one note' : `${count} notes`;
  return `You can begin: ${begin} (${notes} above, marked with !).`;
}

const ok = (text: string): Finding => ({ mark: '✔', text });
const note = (text: string): Finding => ({ mark: '!', text });
const bad = (text: string): Finding => ({ mark: '✘', text });

function judgeNode({ node }: Facts): Finding {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const get = 'Get 24 or 26 from https://nodejs.org.';
  if (isTooOld(major, minor)) {
    return bad(`Node ${node} is too old: the course needs 20.15, 22.2 or newer. ${get}`);
  }
  if (major === 20 || major % 2 === 1) {
    return note(`Node ${node} works, but it gets no more security updates. ${get}`);
  }
  return ok(`Node ${node} is fine.`);
}

function isTooOld(major: number, minor: number): boolean {
  if (major === 20) return minor < 15;
  if (major === 22) return minor < 2;
  return major < 20 || major === 21;
}

function judgeTypescript({ native, tsx }: Facts): Finding {
  if (native) return ok('TypeScript runs by itself on this Node; nothing has to be installed.');
  if (tsx) return ok('TypeScript runs with the help of tsx, which is installed.');
  return bad('TypeScript cannot run yet: run "npm install" once, ' +
    'or use Node 22.18 or newer, which needs nothing installed.');
}

function judgeTypes({ types }: Facts): Finding {
  if (types) return ok('The types for your editor are installed.');
  return note('The types for your editor are not installed: everything runs, ' +
    'but the editor underlines what Node offers in red. To mend it: npm install');
}

function judgePort({ port, takenBy }: Facts): Finding {
  if (port === 'free') return ok('Port 3000 is free.');
  if (port === 'forbidden') {
    return note('This system does not let you use port 3000. ' +
      `Take another one: ${otherPort}`);
  }
  if (takenBy === undefined) {
    return note('Port 3000 is taken by another program. ' +
      `Press Ctrl+C in its terminal, or take another one: ${otherPort}`);
  }
  const { name, pid, wayToEnd } = takenBy;
  return note(`Port 3000 is taken by ${name} of this course, process ${pid}. ` +
    `Press Ctrl+C in its terminal, or end it with "${wayToEnd}". ` +
    `To leave it running, use another port: ${otherPort}`);
}

function judgeWriting({ writeError }: Facts): Finding {
  if (writeError === undefined) return ok('Lessons can save their data in db/data.');
  return bad(`Lessons cannot save their data in db/data (${writeError}). ` +
    'Move the project to a folder that is yours, such as one in your home folder.');
}

const synchronised: [RegExp, string][] = [
  [/onedrive/i, 'OneDrive'],
  [/dropbox/i, 'Dropbox'],
  [/mobile documents|icloud/i, 'iCloud'],
  [/google ?drive|my drive/i, 'Google Drive'],
];

function judgePlace({ root, wsl }: Facts): Finding {
  const [, service] = synchronised.find(([form]) => form.test(root)) ?? [];
  if (service !== undefined) {
    return note(`The project lies in a folder that ${service} synchronises, ` +
      'which may lock files or bring back old ones. Better move it out of there.');
  }
  if (wsl && /^\/mnt\/[a-z](\/|$)/.test(root)) {
    return note(`The project lies on the Windows disk (${root}), ` +
      'where Linux does not notice that a file was saved. Move it into your Linux home folder.');
  }
  return ok('The project lies in an ordinary folder.');
}
