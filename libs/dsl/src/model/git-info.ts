import type { GitInfo } from '@maestro/domain';
import type { Codec } from '../reading/codec.js';
import { object, optional } from '../reading/object.js';
import { bool, text } from '../reading/scalars.js';

/** Clients send epoch numbers or dates: digits alone are written as a number, the rest as text. */
const timestamp: Codec<string> = {
  read: (cursor) => (typeof cursor.raw === 'bigint' ? String(cursor.raw) : text.read(cursor)),
  write: (value) => (/^(0|[1-9]\d{0,17})$/.test(value) ? BigInt(value) : value),
};

/** gitInfo: where a definition came from (specification 1.1). */
export const gitInfo = object<GitInfo>({
  origin: optional(text),
  branch: optional(text),
  sha: optional(text),
  path: optional(text),
  author: optional(text),
  timestamp: optional(timestamp),
  uncommittedChanges: optional(bool),
});
