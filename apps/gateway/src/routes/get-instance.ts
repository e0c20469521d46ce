import { workflowInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/** getInstance: GET .../instances/{instance} (its latest run) and .../runs/{run}. */
export const getInstance: Handler = async (call, { scheduler }) => {
  const answer = await scheduler.getInstance({ run: runOf(call) }, call.options);
  return ok(() => workflowInstanceToJson(expected(answer.instance, 'instance')));
};
