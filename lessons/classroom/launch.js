// The launcher: every `npm run …` of the course goes through here.
//
//   npm run lesson 4  ──►  node launch.js lesson 4  ──►  commands/lesson.ts is given ['4']
//
// TypeScript runs as it is on Node 22.18 or newer; an older Node needs tsx for that.
// An old Node must still be able to read this file and say its sentence: hence plain
// JavaScript, no import at the top and nothing newer than 2018 above the version check.

const commands = {
  start: 'cafe',
  cafe: 'cafe',
  lesson: 'lesson',
  step: 'step',
  try: 'try',
  fresh: 'fresh',
  replay: 'replay',
  lab: 'lab',
  check: 'check',
  task: 'task',
  hint: 'hint',
  solution: 'solution',
  mistake: 'mistake',
  reset: 'reset',
  new: 'new',
  staff: 'staff',
  doctor: 'doctor',
  bench: 'bench',
  test: 'test',
  help: 'help',
};

const [word, ...words] = process.argv.slice(2);

if (isTooOld(process.version)) {
  fail(`This is Node ${process.version}, and the course needs 20.15, 22.2 or newer; ` +
    '24 or 26 is best. Get it from https://nodejs.org and run the command again.');
} else if (!Object.prototype.hasOwnProperty.call(commands, word)) {
  const said = word === undefined ? 'without a name' : `"${word}"`;
  fail(`There is no command ${said}.${nearest(word)} All commands: npm run help`);
} else {
  launch(commands[word]).catch(explain);
}

/** What was meant, if one command is at most two letters away. */
function nearest(said = '') {
  const found = Object.keys(commands).map((name) => ({ name, away: lettersBetween(said, name) }))
    .sort((a, b) => a.away - b.away)[0];
  return found.away > 2 || found.away >= said.length ? '' : ` Did you mean "${found.name}"?`;
}

/** How many letters must be changed, added or left out to make one word of the other. */
function lettersBetween(one, other) {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = above[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      line.push(Math.min(change, above[column] + 1, line[column - 1] + 1));
    }
    above = line;
  }
  return above[other.length];
}

function isTooOld(version) {
  const [major, minor] = version.slice(1).split('.').map(Number);
  if (major === 20) return minor < 15;
  if (major === 22) return minor < 2;
  return major < 20 || major === 21;
}

async function launch(command) {
  // "npm run try 4 2 | head -3" closes our end of the pipe.
  process.stdout.on('error', leaveQuietly);
  if (!process.features.typescript) await readTypeScript();
  // "kill -9" of npm would leave us, and a server, behind.
  const { endWithParent } = await import('./parent.ts');
  endWithParent();
  const { run } = await import(`./commands/${command}.ts`);
  const status = await run(words);
  if (status !== undefined) process.exitCode = status;
}

// What takes the types out comes with tsx (plain.js).
async function readTypeScript() {
  if (isThere('tsx')) return import('./types.js');
  fail(`Node ${process.version} cannot run TypeScript by itself: run "npm install" once, ` +
    'or use Node 22.18 or newer, which needs nothing installed (https://nodejs.org).');
  process.exit();
}

function isThere(name) {
  try {
    return Boolean(import.meta.resolve(name));
  } catch {
    return false;
  }
}

function leaveQuietly(error) {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

function explain(error) {
  if (error === null || typeof error !== 'object' || error.name !== 'Advice') throw error;
  fail(error.message);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
