import type { Ask, Cafe, Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const people = { ada: 'sid=8Jp4', ben: 'sid=kQ0v', grace: 'sid=Zx71' };
const as = (name: keyof typeof people, target: string, method = 'GET'): Ask => ({ method, target, headers: { cookie: people[name] } });

const isPaid = async (cafe: Cafe, id: number) => ((await cafe.ask(as('grace', `/api/bills/${id}`))).json as { paid?: unknown } | undefined)?.paid === true;
const stillOpen = (id: number) => async (_came: Came, cafe: Cafe) => ((await isPaid(cafe, id)) ? `Bill ${id} should not be paid, but it is.` : undefined);

const forbidden: Mistake = {
  code: 'U1',
  name: '403 for a stranger',
  fits: (came) => came.status === 403,
  says: 'The guest is not logged in, and the answer is 403, "you may not". 401 says that the server does not know yet who is asking, and that logging in would help.',
  tryThis: 'Ask first whether the guest is logged in; if not, answer 401; only then ask for the role.',
};

const breaks: Mistake = {
  code: 'U14',
  name: 'a stranger breaks it',
  fits: (came) => came.status === 500 || came.how === 'ended',
  says: 'The guest is not logged in, and the server answered as if it were its own mistake: it took an account for granted, and looked for its role.',
  tryThis: 'whoIs() gives undefined for a guest: ask for that first, and answer 401.',
};

const unauthorized: Mistake = {
  code: 'U2',
  name: '401 for a customer',
  fits: (came) => came.status === 401,
  says: 'Ada is logged in, and the answer is 401, "who are you?". A browser would lead her to the login again and again, and she would never get further: 403 says that it is about her rights.',
  tryThis: 'Answer 401 only when whoIs() gives undefined, and 403 when the role is not enough.',
};

const lockedOut: Mistake = {
  code: 'U4',
  name: 'staff locked out',
  fits: (came) => [401, 403, 404].includes(came.status),
  says: 'Grace is staff, and was refused: the question about her role never comes out right.',
  tryThis: "Look at how the role is written, 'staff', and at each && and || in that question.",
};

const roleBelieved: Mistake = {
  code: 'U13',
  name: 'the role is believed',
  fits: (came) => came.status === 200,
  says: 'Ada has written into her request that she is staff, and was believed. What a client says about itself proves nothing.',
  tryThis: 'Take the role from whoIs(request) alone.',
};

export const check: Check = {
  steps: [
    {
      story: 'A guest looks at the prices.',
      ask: 'GET /api/prices',
      want: { status: 200, includes: ['Flat white'] },
      mistakes: [{
        code: 'U10',
        name: 'closed for all',
        fits: (came) => came.status === 401 || came.status === 403,
        says: 'The prices are for every guest, and a guest was refused.',
        tryThis: "In access, let 'GET /api/prices' be for 'anyone'.",
      }],
    },
    {
      story: 'The guest asks for all bills.',
      ask: 'GET /api/bills',
      want: { status: 401, lacks: ['340'] },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 200,
          says: 'Any guest may see all bills, without being logged in.',
          tryThis: "Begin with access: the list of all bills is for the 'staff'.",
        },
        forbidden,
        breaks,
      ],
    },
    {
      story: 'Ada, a customer, asks for all bills.',
      ask: as('ada', '/api/bills'),
      want: { status: 403, lacks: ['220'] },
      mistakes: [
        unauthorized,
        {
          code: 'U3',
          name: 'every customer is staff',
          fits: (came) => came.status === 200,
          says: 'Ada is a customer, and has got the list of all bills: the code only asks whether she is logged in, or its question about the role always has the same answer.',
          tryThis: "In access, let the list be for 'staff'. If you compare the role yourself: account.role !== 'staff', with three characters.",
        },
      ],
    },
    {
      story: 'Grace, who is staff, asks for all bills.',
      ask: as('grace', '/api/bills'),
      want: { status: 200, includes: ['41', '42', '43'] },
      mistakes: [lockedOut],
    },
    {
      story: 'Ada looks at her own bill.',
      ask: as('ada', '/api/bills/42'),
      want: { status: 200, includes: ['340'] },
      mistakes: [{
        code: 'U5',
        name: 'own bill refused',
        fits: (came) => [401, 403, 404].includes(came.status),
        says: "Bill 42 is Ada's own, and she does not get it: whose it is, is compared with something that is never the same, or is asked of the staff alone.",
        tryThis: "The bill has the id of its guest in bill.guest, a number. Is there an await before whoIs(…)? And is the route for 'customer' in access?",
      }],
    },
    {
      story: "She is curious, and asks for Ben's.",
      ask: as('ada', '/api/bills/41'),
      want: { status: 404, lacks: ['220'] },
      mistakes: [
        {
          code: 'U6',
          name: "other people's by their number",
          fits: (came) => came.status === 200,
          says: "Ada has written 41 in the place of 42, and has seen Ben's bill: the code asked who she is, but not whose bill it is.",
          tryThis: 'In showBill, after findBill: if maySee(…) says no, throw the Refusal of a bill that does not exist.',
        },
        {
          code: 'U7',
          name: 'shows what is there',
          fits: (came) => came.status === 403,
          says: "Ben's bill is refused with 403, and one that does not exist with 404. So Ada can find out by trying which numbers exist.",
          tryThis: 'Answer both with the same 404.',
        },
      ],
    },
    {
      story: 'And for one that does not exist.',
      ask: as('ada', '/api/bills/99'),
      want: { status: 404 },
    },
    {
      story: 'Grace looks at the bill of Ben.',
      ask: as('grace', '/api/bills/41'),
      want: { status: 200, includes: ['220'] },
      mistakes: [{
        code: 'U15',
        name: 'staff see only their own',
        fits: (came) => [403, 404].includes(came.status),
        says: 'Grace is staff, and does not get a bill: the code asks whether it is her own as well.',
        tryThis: 'maySee(account, bill.guest) knows that staff may see all.',
      }],
    },
    {
      story: 'A guest who has not logged in tries a number.',
      ask: 'GET /api/bills/42',
      want: { status: 401, lacks: ['340'] },
      mistakes: [
        {
          code: 'U8',
          name: 'no login asked for',
          fits: (came) => came.status === 200,
          says: 'A guest who has not logged in has got a bill.',
          tryThis: "In access, let the route be for 'customer': that is every guest who is logged in.",
        },
        {
          code: 'U9',
          name: '404 for a stranger',
          fits: (came) => came.status === 404,
          says: 'A guest who has not logged in gets 404 for a bill. 401 would say that logging in helps, whatever the number.',
          tryThis: "In access, let the route be for 'customer', so that it is asked before the bill is looked up.",
        },
        forbidden,
        breaks,
      ],
    },
    {
      story: 'Ada tries to be done with her bill.',
      ask: as('ada', '/api/bills/42/paid', 'POST'),
      want: { status: 403, holds: stillOpen(42) },
      mistakes: [
        {
          code: 'U12',
          name: 'refused too late',
          fits: async (came, cafe) => came.status === 403 && (await isPaid(cafe, 42)),
          says: 'Ada was refused, and the bill is paid all the same: the handler ran first, and the right was checked afterwards.',
          tryThis: 'Ask for the right before you call the handler.',
        },
        {
          code: 'U11',
          name: 'link hidden, route open',
          fits: (came) => came.status === 200,
          says: 'Ada has paid her bill without money: she may not see the list, but the server does not ask who she is when she sends the POST that staff send.',
          tryThis: "In access, let 'POST /api/bills/:id/paid' be for 'staff', like the list.",
        },
        unauthorized,
      ],
    },
    {
      story: 'She says that she is staff.',
      ask: { method: 'POST', target: '/api/bills/42/paid?role=staff', headers: { cookie: `${people.ada}; role=staff`, 'x-role': 'staff' }, json: { role: 'staff' } },
      want: { status: 403, holds: stillOpen(42) },
      mistakes: [roleBelieved],
    },
    {
      story: 'A guest tries the same.',
      ask: { method: 'POST', target: '/api/bills/42/paid', headers: { cookie: 'sid=1; role=staff' } },
      want: { status: 401, holds: stillOpen(42) },
      mistakes: [forbidden, breaks],
    },
    {
      story: 'Ada pays, and Grace writes it down.',
      ask: as('grace', '/api/bills/42/paid', 'POST'),
      want: { status: 200, holds: async (_came, cafe) => ((await isPaid(cafe, 42)) ? undefined : 'Bill 42 should be paid, but it is not.') },
      mistakes: [lockedOut],
    },
  ],
};
