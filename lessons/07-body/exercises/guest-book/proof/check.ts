import type { Ask, Check, Mistake } from '../../../../classroom/check/format.ts';

const json = { 'Content-Type': 'application/json' };
const jsonInUtf8 = { 'Content-Type': 'application/json; charset=utf-8' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A body of JSON that has this many bytes. */
const sized = (bytes: number) => `{"name":"${'y'.repeat(bytes - 11)}"}`;
const post = (headers: Record<string, string>, body: string): Ask => ({ target: '/guests', headers, body });

/** "é" is the bytes C3 and A9: one at the end of the first piece, one at the beginning of the second. */
const andre = Array.from(new TextEncoder().encode('{"name":"André"}'));
const cut = andre.indexOf(0xc3) + 1;

const hungUp: Mistake = {
  code: 'B12',
  name: 'hung up instead of answering',
  fits: (came) => came.how === 'cut',
  says: 'The connection was closed without a word, so the client never learns that its body was too large, and will try again.',
  tryThis: 'Answer 413 first: throw new Refusal(413, …) does it. After destroy() no answer can be sent any more.',
};

const forgottenAwait: Mistake = {
  code: 'B1',
  name: 'forgotten await',
  fits: (came) => came.text.trim() === '{}' || came.text.includes('[object Promise]'),
  says: 'The body was still on its way when the answer was written: what the code took for the body is a promise of it.',
  tryThis: 'Write "await" before the call that reads the body. (If it is there: is the field called "name" in your code?)',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada writes her name into the book, by a program.',
      ask: { target: '/guests', json: { name: 'Ada' } },
      want: { status: 201, json: { name: 'Ada' } },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 501,
          says: 'The code does not read the body yet: the book is still closed.',
          tryThis: 'Read JSON first: await readJson(request), push the name to "guests", and return json(201, …); then check again.',
        },
        forgottenAwait,
        {
          code: 'B14',
          name: 'a body that was not read',
          fits: ({ status, printed }) => status === 500 && /TypeError: Cannot .*\bname'.*undefined|undefined.*'name'/.test(printed),
          says: 'The body was undefined: Node does not read it by itself. The request.body of Express and its relatives is not there.',
          tryThis: 'Read it: await readJson(request).',
        },
        {
          code: 'B15',
          name: 'read before it came',
          fits: ({ status, printed }) => status === 500 && printed.includes('Unexpected end of JSON input'),
          says: 'The body was parsed before it was there: what "data" brings comes later, and the handler had gone on by then.',
          tryThis: 'Wait for all of it: await readJson(request), or for await (const piece of request).',
        },
        {
          code: 'B16',
          name: 'JSON in JSON',
          fits: (came) => typeof came.json === 'string',
          says: 'The answer is a text that looks like JSON, and not the object: it was made into JSON twice.',
          tryThis: 'Give json() the value itself, json(201, { name }), without JSON.stringify.',
        },
      ],
    },
    {
      story: 'Zoë B. does, by a form in the browser.',
      ask: post(form, 'name=Zo%C3%AB+B.'),
      want: { status: 201, json: { name: 'Zoë B.' } },
      mistakes: [
        {
          code: 'B3',
          name: 'a form not decoded',
          fits: (came) => came.status === 201 && /%C3|\+/.test(came.text),
          says: 'In a form a space is sent as "+" and a "ë" as %C3%AB, and such codes are still in the name.',
          tryThis: 'Take readForm(request), or new URLSearchParams(text).get(\'name\'): they decode both.',
        },
        {
          code: 'B2',
          name: 'only JSON is taken',
          fits: (came) => came.status >= 400 && came.status < 500,
          says: 'The form was read as if it were JSON, or not taken at all: a form is text of another kind, name=Ada.',
          tryThis: 'Look at the content-type first, request.headers[\'content-type\'], all in small letters. If it begins with application/x-www-form-urlencoded, read a form.',
        },
        forgottenAwait,
      ],
    },
    {
      story: 'André does, and the network cuts his "é" in two.',
      ask: { target: '/guests', headers: jsonInUtf8, pieces: [Uint8Array.from(andre.slice(0, cut)), Uint8Array.from(andre.slice(cut))] },
      want: { status: 201, json: { name: 'André' } },
      mistakes: [
        {
          code: 'B4',
          name: 'text from each piece alone',
          fits: (came) => came.text.includes('\ufffd'),
          says: 'The "é" came in two pieces, one byte in each, and each piece was made into text by itself, so neither was an "é".',
          tryThis: 'Keep the pieces as bytes, and make text of them once, at the end: Buffer.concat(pieces).toString().',
        },
        {
          code: 'B10',
          name: 'the content-type compared as a whole',
          fits: async (came, cafe) => came.status === 415 && (await cafe.ask({ target: '/guests', json: { name: 'Ada' } })).status === 201,
          says: '"application/json; charset=utf-8" is JSON, and was not taken as such: more may follow the type.',
          tryThis: 'Compare only its beginning: type.startsWith(…).',
        },
      ],
    },
    {
      story: 'Somebody sends half of some JSON.',
      ask: post(json, '{"name":"Bo'),
      want: { status: 400 },
      mistakes: [
        {
          code: 'B5',
          name: 'JSON.parse without a catch',
          fits: (came) => came.how !== 'answered' || came.status === 500,
          says: 'The client sent something that is not JSON, which is its mistake, and the code treats it like a bug of ours: JSON.parse throws, and the code does not expect it.',
          tryThis: 'Put JSON.parse into a "try" and answer 400 in the "catch", or take readJson, which does.',
        },
      ],
    },
    {
      story: 'Somebody sends JSON and calls it plain text.',
      ask: post({ 'Content-Type': 'text/plain' }, '{"name":"Eve"}'),
      want: { status: 415 },
      mistakes: [
        {
          code: 'B6',
          name: 'any content-type taken',
          fits: (came) => came.status === 201,
          says: 'Plain text was taken as if it were JSON: the code guesses what was sent instead of reading what the client says.',
          tryThis: 'Answer 415 when the content-type is neither of the two kinds.',
        },
      ],
    },
    {
      story: 'A guest with a very long name: exactly 1,000 bytes.',
      ask: post(json, sized(1000)),
      want: { status: 201 },
      mistakes: [
        {
          code: 'B11',
          name: 'one byte too strict',
          fits: (came) => came.status === 413,
          says: 'A body of exactly 1,000 bytes was refused: "at most 1,000" means that 1,000 is still allowed.',
          tryThis: 'Refuse when the length is greater than 1,000 (>), not when it is equal (>=).',
        },
        hungUp,
      ],
    },
    {
      story: 'One byte more.',
      ask: post(json, sized(1001)),
      want: { status: 413 },
      mistakes: [
        hungUp,
        {
          code: 'B7',
          name: 'no limit',
          fits: (came) => came.status === 201,
          says: 'A body of 1,001 bytes was taken, where 1,000 is the most: without a limit, one client can fill the memory of the server.',
          tryThis: 'Give the limit to the function that reads, as its second parameter: 1_000.',
        },
      ],
    },
    {
      story: 'Sixty thousand bytes in pieces, and no word beforehand of how many will come.',
      ask: { target: '/guests', headers: json, pieces: [sized(60_000).slice(0, 700), sized(60_000).slice(700)] },
      want: { status: 413 },
      mistakes: [
        hungUp,
        {
          code: 'B8',
          name: 'the declared length believed',
          fits: (came) => came.status === 201,
          says: 'A client that declares no length sent as much as it liked: the limit was compared with content-length, and not with what came.',
          tryThis: 'Count the bytes of the pieces as they come, and stop when there are too many.',
        },
      ],
    },
    {
      story: 'A name of 600 "é": few characters, many bytes.',
      ask: { target: '/guests', headers: json, pieces: [`{"name":"${'é'.repeat(600)}"}`] },
      want: { status: 413 },
      mistakes: [
        hungUp,
        {
          code: 'B9',
          name: 'characters counted, not bytes',
          fits: (came) => came.status === 201,
          says: 'A name of 600 "é" was taken, which are 1,200 bytes: the length of a text counts its characters.',
          tryThis: 'Add up the length of the pieces while they are bytes, or take Buffer.byteLength(text).',
        },
      ],
    },
    {
      story: 'Ada reads who was there.',
      ask: 'GET /guests',
      want: { status: 200, includes: ['Ada', 'Zoë B.', 'André'], lacks: ['Eve', 'éé'] },
      mistakes: [
        {
          code: 'B13',
          name: 'answered and not kept',
          fits: (came) => came.status === 200 && !came.text.includes('Ada'),
          says: 'Ada got status 201, which says that her name is in the book, but the book does not have it.',
          tryThis: 'Put the name into the book before you answer: guests.push(name).',
        },
      ],
    },
  ],
};
