// Lesson 05 · closing-time: a layer that answers without calling the café's handlers.
//
//   GET /menu?hour=3  ──►  503, and no handler is called
//
// A demonstration: the guest says what time it is, so that you can try it at noon.

import { text } from '../02-reply/reply.ts';
import type { Layer } from './around.ts';

export const withClosingTime: Layer = (handler) => (call) => {
  const isOpen = call.address.query.get('hour') !== '3';
  if (isOpen) return handler(call);
  return text(503, 'The café is closed. It opens at 7.\n', { 'retry-after': '14400' });
};
