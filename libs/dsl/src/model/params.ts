import {
  INTERNAL_PARAM_MODES,
  PARAM_MODES,
  PARAM_SOURCES,
  PARAM_TYPES,
  type JsonObject,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamType,
} from '@maestro/domain';
import { dictionary, lazily, list, type Codec } from '../reading/codec.js';
import type { Cursor } from '../reading/cursor.js';
import { object, optional, required } from '../reading/object.js';
import { jsonObject, oneOf, text } from '../reading/scalars.js';
import { literalsWith } from './literals.js';

/** A label of a param: text; the object form of tags is accepted when it says no more than the name. */
const label: Codec<string> = {
  read: (cursor) => (typeof cursor.raw === 'string' ? cursor.raw : named.read(cursor)?.name),
  write: (value) => value,
};
const named = object<{ readonly name: string }>({ name: required(text, '') });

const literals = literalsWith(lazily(() => paramDefinitions));

type Shape = Omit<ParamDefinition, 'value'>;

const shape = object<Shape>(
  {
    type: required(oneOf(PARAM_TYPES), 'STRING'),
    expression: optional(text),
    mode: optional(oneOf(PARAM_MODES)),
    internalMode: optional(oneOf(INTERNAL_PARAM_MODES)),
    source: optional(oneOf(PARAM_SOURCES)),
    validator: optional(text),
    tags: optional(list(label)),
    meta: optional(jsonObject),
  },
  { rest: 'meta', ignored: ['value'] },
);

/** Without a readable type nothing can be said about the value. */
function hasType(cursor: Cursor, type: ParamType): boolean {
  const written = cursor.at('type').raw;
  return typeof written === 'string' && written.toUpperCase() === type;
}

/** paramDefinition: a literal `value` or an `expression` of the declared type; keys of no meaning here become meta. */
export const paramDefinition: Codec<ParamDefinition> = {
  read(cursor) {
    const rest = shape.read(cursor);
    if (rest === undefined || !hasType(cursor, rest.type)) return undefined;
    const at = cursor.at('value');
    if (at.raw === undefined) return rest;
    if (at.raw === null) return at.fail('must not be null; leave the key out for a param without a value');
    if (rest.expression !== undefined) cursor.fail('has both a value and an expression; keep one of them');
    const value = literals[rest.type].read(at);
    return value === undefined ? undefined : ({ ...rest, value } as ParamDefinition);
  },
  write({ value, ...rest }) {
    const written = shape.write(rest) as JsonObject;
    if (value === undefined) return written;
    return { ...written, value: (literals[rest.type] as Codec<unknown>).write(value) };
  },
};

/** paramDefinitions keep the order in which they were written: it is the order of evaluation. */
export const paramDefinitions: Codec<ParamDefinitions> = dictionary({
  read: (cursor: Cursor) => (cursor.raw === null ? cursor.fail('must not be null') : paramDefinition.read(cursor)),
  write: (value: ParamDefinition) => paramDefinition.write(value),
});
