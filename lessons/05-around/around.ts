// Lesson 05 · around: a handler around a handler.
//
//   around([withLog, withTime], cafe)      GET /menu/2 ──► withLog ──► withTime ──► cafe
//                                                            ▲            ▲          │
//   GET /menu/2 200 0.8 ms ◄───────────────────────────────── 200 ◄────── 200 ◄──────┘
//
// Code that every request needs is written once, and put around the handler that does the work. A
// layer sees the call on its way in and the reply on its way out. The first one in the list is the
// outermost. Express passes `next` along and changes one shared response; here a layer can only
// return a reply.

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

// An answer is over when its last byte is out, or when the client has left. For a stream, that is
// long after the handler has returned. Only `send` sees it, so it calls `onClose`.
function whenClosed(reply: Reply, print: OnClose): Reply {
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
        print(completed, sent);
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
