import { randomUUID } from 'node:crypto';
import type { Json, JsonObject, RestartPolicy, UpstreamRestartMode } from '@maestro/domain';
import { readInstanceRestart, readStepRestart } from '@maestro/dsl';
import { UpstreamRestartMode as ModeEnum } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { RunPolicy } from '@maestro/proto/maestro/types/v1/instance';
import {
  paramDefinitionsToProto,
  restartStepResponseToJson,
  runPolicyToProto,
  startResponseToJson,
} from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/** A request id is optional: who sends no id cannot repeat the restart safely. */
async function bodyOf(call: RestCall): Promise<Json> {
  const body = await call.json();
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject || (body as JsonObject)['request_id'] !== undefined) return body;
  return { ...(body as JsonObject), request_id: call.header('idempotency-key') ?? randomUUID() };
}

const policyOf = (policy: RestartPolicy | undefined): RunPolicy =>
  policy === undefined ? RunPolicy.UNSPECIFIED : runPolicyToProto(policy);

/** restartInstance: POST .../instances/{instance}/actions/restart. */
export const restartInstance: Handler = async (call, { scheduler }) => {
  const body = readInstanceRestart(await bodyOf(call));
  const stepParams = Object.entries(body.stepRunParams ?? {});
  const request = {
    requestId: body.requestId,
    run: runOf(call),
    restartPolicy: policyOf(body.restartPolicy),
    ...(body.runParams === undefined ? {} : { runParams: paramDefinitionsToProto(body.runParams) }),
    stepRunParams: Object.fromEntries(stepParams.map(([id, params]) => [id, paramDefinitionsToProto(params)])),
    skipSteps: [...(body.skipSteps ?? [])],
    version: body.version ?? '',
  };
  const answer = await scheduler.restartInstance(request, call.options);
  return ok(() => startResponseToJson(expected(answer.restarted, 'restarted')));
};

const MODES: Readonly<Record<UpstreamRestartMode, ModeEnum>> = {
  RESTART_FROM_STEP: ModeEnum.RESTART_FROM_STEP,
  RESTART_FROM_INLINE_ROOT: ModeEnum.RESTART_FROM_INLINE_ROOT,
};

/** restartStep: POST .../steps/{step}/actions/restart. It is answered after its commit, with `blocking` and without. */
export const restartStep: Handler = async (call, { scheduler }) => {
  const body = readStepRestart(await bodyOf(call));
  const mode = body.upstreamRestartMode;
  const request = {
    requestId: body.requestId,
    run: runOf(call),
    stepId: call.param('step'),
    restartPolicy: policyOf(body.restartPolicy),
    ...(body.stepRunParams === undefined ? {} : { stepRunParams: paramDefinitionsToProto(body.stepRunParams) }),
    upstreamRestartMode: mode === undefined ? ModeEnum.UNSPECIFIED : MODES[mode],
    version: body.version ?? '',
  };
  const answer = await scheduler.restartStep(request, call.options);
  return ok(() => restartStepResponseToJson(answer));
};
