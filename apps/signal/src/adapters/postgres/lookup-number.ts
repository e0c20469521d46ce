import { createHash } from 'node:crypto';

/** lookupNumber stands for a text in an index: 64 bits of a hash. Whoever finds a row by it compares the values themselves. */
export function lookupNumber(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigInt64BE();
}
