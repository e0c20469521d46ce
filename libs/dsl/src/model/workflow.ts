import { CRITICALITIES, type Workflow } from '@maestro/domain';
import { object, optional, required } from '../reading/object.js';
import { integer, oneOf, parsableLong, text } from '../reading/scalars.js';
import { paramDefinitions } from './params.js';
import { steps } from './steps/step.js';
import { tags } from './tag.js';
import { signalTriggers, timeTriggers } from './triggers.js';

/** workflow: the definition itself (specification 1.2). */
export const workflow = object<Workflow>({
  id: required(text, ''),
  name: optional(text),
  description: optional(text),
  tags: optional(tags),
  timeout: optional(parsableLong),
  timeTriggers: optional(timeTriggers),
  signalTriggers: optional(signalTriggers),
  criticality: optional(oneOf(CRITICALITIES)),
  instanceStepConcurrency: optional(integer),
  params: optional(paramDefinitions),
  steps: required(steps, []),
});
