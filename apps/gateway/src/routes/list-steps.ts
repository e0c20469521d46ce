import { stepInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { runOf } from './run-reference.js';

/** listSteps: GET .../steps of an instance (its latest run) or of a run; the latest attempt of each. */
export const listSteps: Handler = async (call, { scheduler }) => {
  const enriched = call.query.flag('enriched', false);
  const answer = await scheduler.listSteps({ run: runOf(call), enriched }, call.options);
  return ok(() => answer.steps.map(stepInstanceToJson));
};
