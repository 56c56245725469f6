// Wraps: something happens at each event and each head, and all is put back at the end.
//
//   const undo = wrapHead((response) => …)   ──►  told of each answer just before its head
//   undo()                                   ──►  http.ServerResponse is as it was

import type { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';

type Emitter = { emit: (name: unknown, ...args: unknown[]) => boolean };

/** Every answer goes through writeHead(), also one whose head nobody writes. */
export function wrapHead(onHead: (response: object) => void): () => void {
  const { prototype } = http.ServerResponse;
  const { writeHead } = prototype;
  prototype.writeHead = function (this: http.ServerResponse, ...given: unknown[]) {
    onHead(this);
    return (writeHead as (...given: unknown[]) => http.ServerResponse).apply(this, given);
  } as typeof writeHead;
  return () => { prototype.writeHead = writeHead; };
}

/** What listens to an event runs with the event's owner in the storage. */
export function wrapEmit<Owner>(
  prototype: object,
  storage: AsyncLocalStorage<Owner>,
  ownerOf: (target: object, name: unknown) => Owner | undefined,
): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const { emit } = prototype as Emitter;
  function wrapped(this: Emitter, name: unknown, ...args: unknown[]): boolean {
    const owner = ownerOf(this, name);
    if (owner === undefined || storage.getStore() === owner) return emit.call(this, name, ...args);
    return storage.run(owner, () => emit.call(this, name, ...args));
  }
  const how = { writable: true, configurable: true, enumerable: false };
  Object.defineProperty(prototype, 'emit', { value: wrapped, ...how });
  return () => {
    if (before) Object.defineProperty(prototype, 'emit', before);
    else delete (prototype as Partial<Emitter>).emit;
  };
}
