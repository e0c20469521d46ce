import { object, required } from '../../reading/object.js';
import { condition } from '../../reading/scalars.js';
import { commonFields, type Members } from './common.js';
import type { Step } from '@maestro/domain';
import type { Codec } from '../../reading/codec.js';

/** whileWith reads a while loop whose body is read by `steps`. */
export const whileWith = (steps: Codec<readonly Step[]>): Codec<Members<'while'>> =>
  object<Members<'while'>>({
    ...commonFields,
    condition: required(condition, ''),
    steps: required(steps, []),
  });
