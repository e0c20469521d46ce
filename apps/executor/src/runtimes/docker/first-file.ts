import type { Readable } from 'node:stream';

const BLOCK = 512;
/** Where a tar header (POSIX ustar) has the size and the type of its entry. */
const SIZE = { from: 124, to: 136 };
const TYPE = 156;

/** firstFile reads the one file of a tar stream; undefined when it holds none. Throws when the file is longer than `maxBytes`. */
export async function firstFile(tar: Readable, maxBytes: number): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of tar as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes + 4 * BLOCK) break;
  }
  const all = Buffer.concat(pieces);
  if (all.length < BLOCK) return undefined;
  const size = Number.parseInt(all.toString('latin1', SIZE.from, SIZE.to), 8);
  const isFile = all[TYPE] === 0x30 || all[TYPE] === 0;
  if (!isFile || size === 0) return undefined;
  if (size > maxBytes) throw new Error(`it has ${size} bytes; ${maxBytes} is the limit`);
  return all.subarray(BLOCK, BLOCK + size);
}
