// Advice: an error that is meant for the person at the keyboard.
//
//   throw new Advice('There is no lesson "40". There are 1 to 4.')
//     ──►  the launcher prints this sentence, without a stack, and ends with status 1
//
// Every other error is a bug of the classroom, and keeps its stack.

export class Advice extends Error {
  override name = 'Advice';
}
