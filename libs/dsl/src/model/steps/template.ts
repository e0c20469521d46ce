import { object, optional } from '../../reading/object.js';
import { text } from '../../reading/scalars.js';
import { commonFields, type Members } from './common.js';

/** template: a step that stands for steps of a template. */
export const template = object<Members<'template'>>({
  ...commonFields,
  subType: optional(text),
  subTypeVersion: optional(text),
});
