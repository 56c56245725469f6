// Lesson 11 · open: where a lesson's data is, and a clear end if it cannot be used.
//
//   dataFolder('…/lessons/11-json-file/server.ts')  ──►  …/db/data/11, or DATA_DIR if it is set

import { fileURLToPath } from 'node:url';
import type { CollectionOptions, Storage, Stored } from '../09-logic/storage.ts';
import { stopWith } from './stop.ts';

export function dataFolder(server: string): string {
  const [, number = 'cafe'] = /\/(\d\d)-[^/]*\/server\.ts$/.exec(server) ?? [];
  return process.env.DATA_DIR || fileURLToPath(new URL(`../../db/data/${number}`, server));
}

/** Ends the program with one sentence and status 1 if the store cannot be used. */
export async function orStop<Kind extends Storage>(opening: Promise<Kind>): Promise<Kind> {
  const storage = await opening.catch(stopWith);
  return {
    ...storage,
    collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>) {
      try {
        return storage.collection(name, options);
      } catch (error) {
        return stopWith(error);
      }
    },
  };
}
