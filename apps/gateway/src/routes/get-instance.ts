import { workflowInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/** getInstance: GET .../instances/{instance} (its latest run) and .../runs/{run}. */
export const getInstance: Handler = async (call, { scheduler }) => {
  // An instance is shown with all of its runs, a run by itself unless asked otherwise.
  const aggregated = call.query.flag('aggregated', call.params['run'] === undefined);
  const enriched = call.query.flag('enriched', true);
  const answer = await scheduler.getInstance({ run: runOf(call), enriched }, call.options);
  const instance = expected(answer.instance, 'instance');
  return ok(() => workflowInstanceToJson(aggregated ? instance : { ...instance, aggregatedInfo: undefined }));
};
