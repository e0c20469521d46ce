import type { User } from '@maestro/domain';
import type { Codec } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { jsonObject, text } from '../reading/scalars.js';

const full = object<User>({ name: required(text, ''), extra: optional(jsonObject) }, { rest: 'extra' });

/** user: plain text where only the name is known, else an object whose other keys are extras. */
export const user: Codec<User> = {
  read: (cursor) => (typeof cursor.raw === 'string' ? { name: cursor.raw } : full.read(cursor)),
  write: (value) => (value.extra === undefined ? value.name : full.write(value)),
};
