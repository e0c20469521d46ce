import { MaestroError } from '@maestro/domain';
import { explainedTimeTriggersToJson, firedTriggerToJson, timeTriggerStateToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';

/** listTimeTriggers: GET /workflows/{id}/time-triggers. */
export const listTimeTriggers: Handler = async (call, { triggers }) => {
  const request = { workflowId: call.param('id'), nextFirings: Number(numberOf(call, 'next') ?? 0n) };
  const answer = await triggers.listTimeTriggers(request, call.options);
  return ok(() => answer.triggers.map(timeTriggerStateToJson));
};

/** explainTimeTriggers: GET /workflows/{id}/time-triggers[/{trigger}]/explain?time=: why they fired or do not, or what became of a time. */
export const explainTimeTriggers: Handler = async (call, { triggers }) => {
  const request = { ...triggerOf(call), nominalTime: numberOf(call, 'time') ?? 0n };
  const answer = await triggers.explainTimeTriggers(request, call.options);
  return ok(() => explainedTimeTriggersToJson(answer));
};

/** pauseTimeTrigger: PUT /workflows/{id}/time-triggers[/{trigger}]/actions/pause. */
export const pauseTimeTrigger: Handler = async (call, { triggers }) => {
  const request = { requestId: call.idempotencyKey, ...triggerOf(call) };
  const answer = await triggers.pauseTimeTrigger(request, call.options);
  return ok(() => answer.triggers.map(timeTriggerStateToJson));
};

/** resumeTimeTrigger: PUT /workflows/{id}/time-triggers[/{trigger}]/actions/resume?skipMissed=. */
export const resumeTimeTrigger: Handler = async (call, { triggers }) => {
  const skipMissed = call.query.flag('skipMissed', false);
  const request = { requestId: call.idempotencyKey, ...triggerOf(call), skipMissed };
  const answer = await triggers.resumeTimeTrigger(request, call.options);
  return ok(() => answer.triggers.map(timeTriggerStateToJson));
};

/** fireTimeTrigger: POST /workflows/{id}/time-triggers[/{trigger}]/actions/fire?time=. The time is chosen here, so that a repeated call is the same. */
export const fireTimeTrigger: Handler = async (call, { triggers }) => {
  const nominalTime = numberOf(call, 'time') ?? BigInt(Math.floor(Date.now() / 1_000)) * 1_000n;
  const answer = await triggers.fireTimeTrigger({ ...triggerOf(call), nominalTime }, call.options);
  return ok(() => firedTriggerToJson(answer));
};

/** Without a trigger in the path, all of the workflow. */
function triggerOf(call: RestCall): { readonly workflowId: string; readonly triggerId: string } {
  return { workflowId: call.param('id'), triggerId: call.params['trigger'] ?? '' };
}

function numberOf(call: RestCall, name: string): bigint | undefined {
  const text = call.query.text(name);
  if (text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return BigInt(text);
  const message = name === 'time' ? 'must be milliseconds since the epoch' : 'must be a whole number';
  throw new MaestroError('INVALID_REQUEST', `The query is not valid: ${name} ${message}.`, {
    violations: [{ path: name, message }],
  });
}
