import { MaestroError } from '@maestro/domain';
import {
  explainedSignalTriggersToJson,
  FIRING_STATE_NAMES,
  firingToJson,
  paginationToJson,
  runTraceToJson,
  signalGraphToJson,
  signalTraceToJson,
  subscribedTriggerToJson,
} from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

const PAGE_SIZE = 50;

/** traceSignal: GET /signals/{name}/instances/{seq}/lineage: who announced it, whom it freed, what it started. */
export const traceSignal: Handler = async (call, { lineage }) => {
  const request = { name: call.param('name'), seqId: call.numberOrLatest('seq') };
  const answer = await lineage.traceSignal(request, call.options);
  return ok(() => signalTraceToJson(answer));
};

/** traceRun: GET .../runs/{run}/signals: what started the run, what its steps consumed, emitted, and still wait for. */
export const traceRun: Handler = async (call, { lineage }) => {
  const request = {
    workflowId: call.param('id'),
    workflowInstanceId: call.number('instance'),
    workflowRunId: call.number('run'),
  };
  const answer = await lineage.traceRun(request, call.options);
  return ok(() => runTraceToJson(answer));
};

/** getSignalGraph: GET /workflows/{id}/signal-graph: workflows upstream and downstream through signals. */
export const getSignalGraph: Handler = async (call, { lineage }) => {
  const request = { workflowId: call.param('id'), depth: Number(call.query.natural('depth')) };
  const answer = await lineage.getSignalGraph(request, call.options);
  return ok(() => signalGraphToJson(answer));
};

/** listSignalTriggers: GET /workflows/{id}/signal-triggers: those that are subscribed now. */
export const listSignalTriggers: Handler = async (call, { lineage }) => {
  const { triggers } = await lineage.listTriggers({ workflowId: call.param('id') }, call.options);
  return ok(() => triggers.map(subscribedTriggerToJson));
};

/** explainSignalTriggers: GET /workflows/{id}/signal-triggers[/{trigger}]/explain: which signals they still miss, and what they did last. */
export const explainSignalTriggers: Handler = async (call, { lineage }) => {
  const request = { workflowId: call.param('id'), triggerUuid: call.params['trigger'] ?? '' };
  const answer = await lineage.explainTriggers(request, call.options);
  return ok(() => explainedSignalTriggersToJson(answer));
};

/** listFirings: GET /workflows/{id}/signal-triggers/firings: what they fired, and what became of it. */
export const listFirings: Handler = async (call, { lineage }) => {
  const states = call.query.list('states').map(stateOf);
  const request = { workflowId: call.param('id'), page: call.query.page(PAGE_SIZE), states };
  const answer = await lineage.listFirings(request, call.options);
  return ok(() => paginationToJson(answer.firings.map(firingToJson), answer.page));
};

function stateOf(text: string) {
  const state = FIRING_STATE_NAMES.get(text.toUpperCase());
  if (state !== undefined) return state;
  const message = `must be some of ${[...FIRING_STATE_NAMES.keys()].join(', ')}, not "${text}"`;
  throw new MaestroError('INVALID_REQUEST', `The query parameter states ${message}.`, {
    violations: [{ path: 'states', message }],
  });
}
