import {
  RESTART_POLICIES,
  UPSTREAM_RESTART_MODES,
  type InstanceRestartBody,
  type StepRestartBody,
} from '@maestro/domain';
import { dictionary, list } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { integer, oneOf, text } from '../reading/scalars.js';
import { paramDefinitions } from './params.js';

/** instanceRestart is the body of the restart of an instance (specification 4.3); skip_steps, step_run_params and version are ours. */
export const instanceRestart = object<InstanceRestartBody>({
  requestId: required(text, ''),
  requestTime: optional(integer),
  restartPolicy: optional(oneOf(RESTART_POLICIES)),
  runParams: optional(paramDefinitions),
  stepRunParams: optional(dictionary(paramDefinitions)),
  skipSteps: optional(list(text)),
  version: optional(text),
});

/** stepRestart is the body of the restart of a step (specification 4.4); version is ours. */
export const stepRestart = object<StepRestartBody>({
  requestId: required(text, ''),
  requestTime: optional(integer),
  restartPolicy: optional(oneOf(RESTART_POLICIES)),
  stepRunParams: optional(paramDefinitions),
  upstreamRestartMode: optional(oneOf(UPSTREAM_RESTART_MODES)),
  version: optional(text),
});
