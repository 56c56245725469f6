// npm run help: all commands on one screen, by who needs them.

import { Advice } from '../advice.ts';
import { paint } from '../paint.ts';

type Group = [title: string, rows: [command: string, what: string][]];

const groups: Group[] = [
  ['Learn', [
    ['lesson', 'lists the lessons, with what you have done'],
    ['lesson 4', 'runs lesson 4, and again at every save'],
    ['try 4 2', 'sends its request 2, and shows both sides'],
    ['lesson 4 raw', 'runs it without the guide: real Node'],
    ['step 4', 'shows what lesson 4 changes in server.ts'],
    ['replay 4 2', 'shows the functions that request 2 went through'],
    ['lab 11 killed', 'runs a small demonstration; "lab" lists them'],
  ]],
  ['Practise', [
    ['task 4', 'shows the exercise of lesson 4'],
    ['check 4', 'checks your answer at each save, names the mistake'],
    ['lesson 4 categories', 'runs your answer'],
    ['hint 4, solution 4', 'gives a hint; shows ours next to yours'],
    ['mistake 4', 'lists known mistakes, to check and to replay'],
    ['reset 4, fresh 4', 'the exercise again; the sample data again'],
  ]],
  ['More', [
    ['cafe', 'runs the finished café, as npm start does'],
    ['staff ada@example.org', 'makes that account a member of staff'],
    ['new 7 happy-hour', 'makes an exercise of your own'],
    ['doctor', 'checks your computer, and says what to do'],
    ['test router, bench http', 'runs the tests of that name; measures'],
  ]],
];

export async function run(words: string[]): Promise<number> {
  if (words.length > 0) throw new Advice('Write "npm run help": it shows all commands.');
  console.log('Write "npm run" before each of these:');
  for (const [title, rows] of groups) {
    console.log(paint('bold', title));
    for (const [command, what] of rows) console.log(`  ${command.padEnd(25)}${what}`);
  }
  return 0;
}
