import { MaestroError, STEP_STATUSES, type Json, type StepStatus } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import {
  comparisonToJson,
  exactJsonText,
  iterationsToJson,
  iterationSummaryToJson,
  stepIterationToJson,
  stepStatusToProto,
} from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf, type RunTarget } from './run-reference.js';

const PAGE_SIZE = 50;

function refusal(name: string, message: string): MaestroError {
  const violations = [{ path: name, message }];
  return new MaestroError('INVALID_REQUEST', `The query parameter ${name} ${message}.`, { violations });
}

const stepOf = (call: RestCall) => ({ run: runOf(call), stepId: call.param('step') });

function statusOf(text: string): StepStatus {
  const status = STEP_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  throw refusal('statuses', `must be some of ${STEP_STATUSES.join(', ')}, not "${text}"`);
}

/** The values of `loopParams`: base64 of a JSON object with a list of values for each name (§6.13 of Maestro's model). */
function loopParamsOf(text: string): Record<string, { readonly values: string[] }> {
  if (text === '') return {};
  const entries = Object.entries(decoded(text)).map(([name, value]): [string, { readonly values: string[] }] => {
    const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
    return [name, { values: values.map((each) => (typeof each === 'string' ? each : exactJsonText(each))) }];
  });
  return Object.fromEntries(entries);
}

function decoded(text: string): Readonly<Record<string, Json>> {
  try {
    const json = parseJsonText(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as Readonly<Record<string, Json>>;
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
  }
  throw refusal('loopParams', 'must be the base64 of a JSON object such as {"n": [3]}');
}

/** listIterations: GET /views/flatten/.../steps/{step}, the first iterations first. */
export const listIterations: Handler = async (call, { views }) => {
  const { query } = call;
  const statuses = query.list('statuses').map((text) => stepStatusToProto(statusOf(text)));
  const loopParams = loopParamsOf(query.text('loopParams'));
  const page = query.page(PAGE_SIZE);
  const answer = await views.listIterations({ step: stepOf(call), statuses, loopParams, page }, call.options);
  return ok(() => iterationsToJson(answer));
};

/** getIteration: GET /views/flatten/.../steps/{step}/iterations/{iteration}; the iteration by its rank. */
export const getIteration: Handler = async (call, { views }) => {
  const request = { step: stepOf(call), iterationRank: call.param('iteration') };
  const answer = await views.getIteration(request, call.options);
  return ok(() => stepIterationToJson(expected(answer.iteration, 'iteration')));
};

/** getIterationSummary: GET /views/flatten/.../steps/{step}/summary; what is not wanted is left out of the answer. */
export const getIterationSummary: Handler = async (call, { views }) => {
  const { query } = call;
  const valueCount = Number(query.natural('valueCount'));
  const answer = await views.summarizeIterations({ step: stepOf(call), valueCount }, call.options);
  return ok(() => {
    const { count_by_status: counts, representative_iteration: shown, ...rest } = iterationSummaryToJson(answer);
    return {
      ...(query.flag('statusCount', true) && counts !== undefined ? { count_by_status: counts } : {}),
      ...(query.flag('representative', true) && shown !== undefined ? { representative_iteration: shown } : {}),
      ...rest,
    };
  });
};

/** A run as text: `workflow/instance/run`, the latest run when it names none. */
function runIn(call: RestCall, name: 'left' | 'right'): RunTarget {
  const text = call.query.text(name);
  const [, workflowId = '', instance, run] = /^([^/]+)\/([1-9]\d{0,17})(?:\/(latest|[1-9]\d{0,17}))?$/.exec(text) ?? [];
  if (instance === undefined) throw refusal(name, `must be <workflow>/<instance>/<run>, not "${text}"`);
  const workflowRunId = run === undefined || run === 'latest' ? 0n : BigInt(run);
  return { workflowId, workflowInstanceId: BigInt(instance), workflowRunId };
}

/** compareRuns: GET /views/compare?left=&right= (not in the original). */
export const compareRuns: Handler = async (call, { views }) => {
  const answer = await views.compareRuns({ left: runIn(call, 'left'), right: runIn(call, 'right') }, call.options);
  return ok(() => comparisonToJson(answer));
};
