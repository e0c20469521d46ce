import { object, optional } from '../../reading/object.js';
import { bool } from '../../reading/scalars.js';
import { commonFields, type Members } from './common.js';

/** subworkflow: a step that runs another workflow. */
export const subworkflow = object<Members<'subworkflow'>>({
  ...commonFields,
  sync: optional(bool),
  explicitParams: optional(bool),
});
