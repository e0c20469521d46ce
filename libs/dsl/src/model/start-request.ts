import type { StartRequest } from '@maestro/domain';
import { dictionary } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { bool, integer, jsonObject, text } from '../reading/scalars.js';
import { initiator } from './initiator.js';
import { paramDefinitions } from './params.js';
import { tags } from './tag.js';

/** startRequest is the body of a start (specification 4.2). */
export const startRequest = object<StartRequest>({
  initiator: required(initiator, { type: 'MANUAL' }),
  requestTime: optional(integer),
  requestId: required(text, ''),
  runtimeTags: optional(tags),
  runParams: optional(paramDefinitions),
  stepRunParams: optional(dictionary(paramDefinitions)),
  artifacts: optional(jsonObject),
  persistFailedRun: optional(bool),
});
