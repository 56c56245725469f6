// Taught in lesson 17
// write: all of the bytes, not only those that the disk took at once.
//
//   write(6,000 bytes)  ──►  4,096 taken, no error   ──►  write(the other 1,904)
//
// A write may take fewer bytes than it was given, on a nearly full disk for one, and says nothing but
// how many. The place is told each time: after a failure, nobody needs to know where the file stood.

import type { FileHandle } from 'node:fs/promises';

export async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    if (bytesWritten === 0) throw new Error('the disk took nothing more');
    done += bytesWritten;
  }
}
