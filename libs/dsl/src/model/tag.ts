import { TAG_NAMESPACES, type Tag } from '@maestro/domain';
import { list, type Codec } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { integer, jsonObject, oneOf, text } from '../reading/scalars.js';

const full = object<Tag>(
  {
    name: required(text, ''),
    namespace: optional(oneOf(TAG_NAMESPACES)),
    permit: optional(integer),
    attributes: optional(jsonObject),
  },
  { rest: 'attributes' },
);

const isPlain = (tag: Tag): boolean =>
  tag.namespace === undefined && tag.permit === undefined && tag.attributes === undefined;

/** tag: plain text where only the name is known, else an object whose other keys are attributes. */
export const tag: Codec<Tag> = {
  read: (cursor) => (typeof cursor.raw === 'string' ? { name: cursor.raw } : full.read(cursor)),
  write: (value) => (isPlain(value) ? value.name : full.write(value)),
};

/** tags: a list of tags; that their names are unique is checked later. */
export const tags = list(tag);
