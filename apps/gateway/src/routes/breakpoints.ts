import { type Json, type JsonObject, MaestroError } from '@maestro/domain';
import { breakpointToJson, pausedStepToJson, timelineEventToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { stepActed, stepActOf } from './step-acts.js';

/** setBreakpoint: POST /workflows/steps/breakpoints. */
export const setBreakpoint: Handler = async (call, { actions }) => {
  const breakpoint = placeOf(objectOf(await call.json()));
  const answer = await actions.setBreakpoint({ requestId: call.idempotencyKey, breakpoint }, call.options);
  return ok(() => breakpointToJson(expected(answer.breakpoint, 'breakpoint')));
};

/** deleteBreakpoint: DELETE /workflows/steps/breakpoints; `resume` (default true) lets go on what is paused there. */
export const deleteBreakpoint: Handler = async (call, { actions }) => {
  const { query } = call;
  const breakpoint = {
    workflowId: query.text('workflowId'),
    stepId: query.text('stepId'),
    workflowVersionId: query.natural('version'),
    workflowInstanceId: query.natural('instance'),
    workflowRunId: query.natural('run'),
  };
  const request = { requestId: call.idempotencyKey, breakpoint, resume: query.flag('resume', true) };
  const answer = await actions.deleteBreakpoint(request, call.options);
  return ok(() => ({
    workflow_id: breakpoint.workflowId,
    step_id: breakpoint.stepId,
    timeline_event: timelineEventToJson(expected(answer.timelineEvent, 'timeline_event')),
  }));
};

/** listBreakpoints: GET /workflows/steps/breakpoints. */
export const listBreakpoints: Handler = async (call, { actions }) => {
  const answer = await actions.listBreakpoints(chosen(call), call.options);
  return ok(() => answer.breakpoints.map(breakpointToJson));
};

/** listPausedSteps: GET /workflows/steps/breakpoints/paused-step-attempts. */
export const listPausedSteps: Handler = async (call, { actions }) => {
  const answer = await actions.listPausedSteps(chosen(call), call.options);
  return ok(() => answer.steps.map(pausedStepToJson));
};

/** resumeStep: PUT .../actions/resume of a paused attempt, or of the latest attempt of a step. */
export const resumeStep: Handler = async (call, { actions }) =>
  stepActed((await actions.resumeStep(stepActOf(call), call.options)).result);

function chosen({ query }: RestCall) {
  return { workflowId: query.text('workflowId'), stepId: query.text('stepId') };
}

function objectOf(body: Json): JsonObject {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  throw new MaestroError('INVALID_REQUEST', 'The body must be an object with workflow_id and step_id.');
}

const NUMBERS = {
  workflow_version_id: 'workflowVersionId',
  workflow_instance_id: 'workflowInstanceId',
  workflow_run_id: 'workflowRunId',
} as const;
const TEXTS = { workflow_id: 'workflowId', step_id: 'stepId' } as const;

/** The model has an attempt as well, which must be empty. */
function placeOf(body: JsonObject) {
  const text = (name: keyof typeof TEXTS): string => {
    const value = body[name];
    if (typeof value === 'string') return value;
    throw wrong(name, 'must be a text');
  };
  const number = (name: keyof typeof NUMBERS): bigint => {
    const value = body[name] ?? 0n;
    if (typeof value === 'bigint' && value >= 0n) return value;
    throw wrong(name, 'must be a positive whole number; without it all are meant');
  };
  const other = Object.keys(body).find((name) => !(name in NUMBERS) && !(name in TEXTS));
  if (other !== undefined) throw wrong(other, 'is not a part of a breakpoint that can be set');
  return {
    workflowId: text('workflow_id'),
    stepId: text('step_id'),
    workflowVersionId: number('workflow_version_id'),
    workflowInstanceId: number('workflow_instance_id'),
    workflowRunId: number('workflow_run_id'),
  };
}

function wrong(path: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The breakpoint is not valid: ${path} ${message}.`, {
    violations: [{ path, message }],
  });
}
