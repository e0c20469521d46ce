import { registeredStepTypeToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** listStepTypes: GET /step-types; the types that remote workers registered; not in the original. */
export const listStepTypes: Handler = async (call, { stepTypes }) => {
  const answer = await stepTypes.listStepTypes({}, call.options);
  return ok(() => answer.types.map(registeredStepTypeToJson));
};

/** getStepType: GET /step-types/{name}; its versions, newest first. */
export const getStepType: Handler = async (call, { stepTypes }) => {
  const answer = await stepTypes.listStepTypes({ name: call.param('name') }, call.options);
  return ok(() => answer.types.map(registeredStepTypeToJson));
};
