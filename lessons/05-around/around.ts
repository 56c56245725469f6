// Lesson 05 · around: a handler around a handler.
//
//   around([withLog, withTime], cafe)      GET /menu/2 ──► withLog ──► withTime ──► cafe
//                                                            ▲            ▲          │
//   GET /menu/2 200 0.8 ms ◄───────────────────────────────── 200 ◄────── 200 ◄──────┘
//
// What every request needs is written once and put around the handler that has the work. A layer
// sees the call on its way in and the reply on its way out. The first of the list is the outermost.
// Other frameworks pass `next` along and change one shared response; here a layer can only return.

import { checkReply } from '../02-reply/check-reply.ts';
import type { OnClose, Reply } from '../02-reply/reply.ts';
import { shownPath } from '../02-reply/report.ts';
import type { Call, Handler } from '../04-router/router.ts';

/** Takes a handler and makes a new one that does something before, after, or instead of it. */
export type Layer = (handler: Handler) => Handler;

export function around(layers: Layer[], handler: Handler): Handler {
  let wrapped = handler;
  for (const layer of [...layers].reverse()) wrapped = layer(wrapped);
  return wrapped;
}

/** A layer that prints one line for each request, when its answer is over. */
export function withLog(handler: Handler, print: (line: string) => void = console.log): Handler {
  return async (call) => {
    const start = performance.now();
    const reply = await handler(call);
    return whenClosed(reply, (completed, status) => {
      print(logLine(call, status, performance.now() - start, completed));
    });
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// An answer is over when its last byte is out, which for a stream is long after the handler has
// returned, or when the client has left. Only `send` sees that, so it is asked to tell.
function whenClosed(reply: Reply, tell: OnClose): Reply {
  checkReply(reply);
  const { status, headers, body, onClose } = reply;
  return {
    status,
    headers,
    body,
    onClose: (completed, sent) => {
      try {
        return onClose?.(completed, sent);
      } finally {
        tell(completed, sent);
      }
    },
  };
}

function logLine(
  { request, address }: Call,
  status: number,
  milliseconds: number,
  completed: boolean,
): string {
  const ending = completed ? '' : ', but not to its end';
  const path = shownPath(request);
  return `${address.method} ${path} ${status} ${milliseconds.toFixed(1)} ms${ending}`;
}
