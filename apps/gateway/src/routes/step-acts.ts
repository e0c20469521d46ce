import type { StepActionResult } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { stepActionToJson } from '@maestro/wire';
import { accepted, type Answer, ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { attemptOf } from './get-step.js';
import { runOf } from './run-reference.js';

/** stepActOf is the act on the step that the path names; with `blocking=false` the answer does not wait for it to be done. */
export function stepActOf(call: RestCall) {
  const step = { run: runOf(call), stepId: call.param('step'), stepAttemptId: attemptOf(call) };
  const act = { step, reason: call.query.text('reason'), noWait: !call.query.flag('blocking', true) };
  return { requestId: call.idempotencyKey, act };
}

/** stepActed answers 200 when the step has reached what was asked for, 202 while that still goes on. */
export function stepActed(result: StepActionResult | undefined): Answer {
  const done = expected(result, 'result');
  return done.completed ? ok(() => stepActionToJson(done)) : accepted(() => stepActionToJson(done));
}

/** stopStep: PUT .../steps/{step}/actions/stop. */
export const stopStep: Handler = async (call, { actions }) =>
  stepActed((await actions.stopStep(stepActOf(call), call.options)).result);

/** killStep: PUT .../steps/{step}/actions/kill. */
export const killStep: Handler = async (call, { actions }) =>
  stepActed((await actions.killStep(stepActOf(call), call.options)).result);

/** skipStep: PUT .../steps/{step}/actions/skip. */
export const skipStep: Handler = async (call, { actions }) =>
  stepActed((await actions.skipStep(stepActOf(call), call.options)).result);

/** bypassStep: PUT .../steps/{step}/actions/bypass. */
export const bypassStep: Handler = async (call, { actions }) =>
  stepActed((await actions.bypassStepDependencies(stepActOf(call), call.options)).result);
