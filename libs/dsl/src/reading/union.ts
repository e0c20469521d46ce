import type { Json, JsonObject } from '@maestro/domain';
import { isRawObject, type Raw } from '../document/raw.js';
import type { Codec } from './codec.js';
import { Cursor } from './cursor.js';
import { constant } from './scalars.js';

interface Typed {
  readonly type: string;
}

/** Variants names a codec for what each type carries besides its `type`. */
export type Variants<T extends Typed> = {
  readonly [K in T['type']]: Codec<Omit<Extract<T, { readonly type: K }>, 'type'>>;
};

function without(cursor: Cursor, key: string): Cursor {
  const raw = cursor.raw as Readonly<Record<string, Raw>>;
  return cursor.with(Object.fromEntries(Object.entries(raw).filter(([name]) => name !== key)));
}

/** typed reads an object whose `type` (in any case) says which of the variants it is. */
export function typed<T extends Typed>(variants: Variants<T>): Codec<T> {
  const codecs = variants as Readonly<Record<string, Codec<object>>>;
  const known = Object.keys(codecs);
  return {
    read(cursor) {
      if (!isRawObject(cursor.raw)) return cursor.expected('an object');
      const at = cursor.at('type');
      if (typeof at.raw !== 'string') return at.fail(`is required: one of ${known.join(', ')}`);
      const type = constant(at, at.raw, known);
      const members = type === undefined ? undefined : codecs[type]?.read(without(cursor, 'type'));
      return members === undefined ? undefined : ({ type, ...members } as unknown as T);
    },
    write: (value): Json => ({ type: value.type, ...(codecs[value.type]?.write(value) as JsonObject) }),
  };
}
