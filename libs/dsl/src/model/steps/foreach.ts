import { object, optional, required } from '../../reading/object.js';
import { bool, integer } from '../../reading/scalars.js';
import { commonFields, type Members } from './common.js';
import type { Step } from '@maestro/domain';
import type { Codec } from '../../reading/codec.js';

/** foreachWith reads a foreach loop whose body is read by `steps`. */
export const foreachWith = (steps: Codec<readonly Step[]>): Codec<Members<'foreach'>> =>
  object<Members<'foreach'>>({
    ...commonFields,
    concurrency: optional(integer),
    strictOrdering: optional(bool),
    steps: required(steps, []),
  });
