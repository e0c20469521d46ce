import type { ParamDefinition, ParamValueMap, SignalParams, WorkflowInstanceStatus } from '@maestro/domain';
import type { AttemptOutcome, ChildOf, DispatchRef, EngineEvent, MatchedSignal } from '../event.js';
import type { RecalledIterations } from '../loop/recalled-iterations.js';
import type { RunState } from '../state.js';
import type { Plan } from '../plan.js';
import { addParam, cut } from './parse-definition.js';

/** EventContext is what the short forms of events refer to. */
export interface EventContext {
  readonly plan: Plan;
  readonly state: RunState;
  readonly at: number;
}

/** parseEvent reads one event of a scenario, such as `claim a e1` or `end a USER_ERROR no such file`. */
export function parseEvent(text: string, context: EventContext): EngineEvent {
  const [verb, rest] = cut(text);
  const { at } = context;
  const [step, more] = cut(rest);
  const ref = (): DispatchRef => reference(step, context);
  switch (verb) {
    case 'launch':
      return { type: 'run-launched', at };
    case 'timer':
      return { type: 'timer-fired', at };
    case 'continue':
      return { type: 'continued', at };
    case 'stop':
      return { type: 'stop-requested', at, by: step, reason: more };
    case 'pause':
      return { type: 'pause-requested', at, by: step, reason: more };
    case 'resume':
      return { type: 'resume-requested', at, by: step, reason: more };
    case 'kill':
      return { type: 'kill-requested', at, by: step, reason: more };
    case 'step-stop':
    case 'step-kill':
    case 'step-skip':
    case 'step-bypass':
    case 'step-resume':
      return stepAct(`${verb}-requested`, step, more, context);
    case 'again':
      return again(more, context, ref());
    case 'recalled':
      return recalled(more, at, ref());
    case 'restart':
      return restarted(more, at, ref());
    case 'claim':
      return { type: 'attempt-claimed', at, ...ref(), executorId: more };
    case 'ask':
      return { type: 'attempt-claimed', at, ...ref(), executorId: more, beforeStart: true };
    case 'end-at':
      return { type: 'attempt-ended', at, ...ref(), executorId: more, outcome: 'DONE', timeline: [] };
    case 'lost':
      return { type: 'executor-lost', at, ...ref(), executorId: more };
    case 'dispatch-lost':
      return { type: 'dispatch-lost', at, ...ref() };
    case 'release':
      return { type: 'attempt-released', at, ...ref() };
    case 'grant':
      return { type: 'permits-granted', at, ordinal: ref().ordinal, attempt: ref().attempt };
    case 'opened':
      return { type: 'waits-opened', at, ...attemptOf(ref()), matched: matchedSignals(more) };
    case 'matched':
      return { type: 'signals-matched', at, ...attemptOf(ref()), matched: matchedSignals(more) };
    case 'signals-refused':
      return { type: 'signals-refused', at, ...attemptOf(ref()), message: more };
    case 'announced':
      return { type: 'signals-announced', at, ...attemptOf(ref()), announced: announcedSignals(more, at) };
    case 'progress':
      return { type: 'attempt-progressed', at, ...ref(), timeline: [log(at, more)], artifacts: { progress: more } };
    case 'child':
      return childStarted(more, at, ref());
    case 'refused':
      return { type: 'child-refused', at, ...ref(), message: more };
    case 'ended':
      return childEnded(more, at, ref());
    case 'end':
      return ended(more, at, ref());
    default:
      throw new Error(`a scenario has no event ${verb}`);
  }
}

type StepActType = `step-${'stop' | 'kill' | 'skip' | 'bypass' | 'resume'}-requested`;

/** `step-skip a ann no longer needed`: the latest attempt of a; `step-skip a#1/1 ann ..` that one. */
function stepAct(type: StepActType, step: string, more: string, context: EventContext): EngineEvent {
  const { ordinal, attempt } = reference(step, context);
  const [by, reason] = cut(more);
  const one = step.includes('#') ? { attempt } : {};
  return { type, at: context.at, ordinal, ...one, by, reason };
}

/** `again a 3 FAILED 1`: restart the iteration with index 3, which FAILED in run 1. */
function again(text: string, { at }: EventContext, { ordinal }: DispatchRef): EngineEvent {
  const [index, status, runId] = text.split(' ');
  const policy = 'RESTART_FROM_INCOMPLETE';
  const path = [{ workflowId: 'inline', instanceId: BigInt(Number(index) + 1) }];
  const below = { path, policy, downstreamPolicy: policy, params: {}, stepParams: {}, skipSteps: [] } as const;
  const rollup = { SUCCEEDED: 1 };
  const iteration = { index: Number(index), status: status as WorkflowInstanceStatus, runId: Number(runId), rollup };
  return {
    type: 'restart-requested',
    at,
    ordinal,
    restart: { requestId: 'again', by: 'ann', params: {}, below },
    iteration,
  };
}

/** `recalled a {"runId":1,"known":3,"kept":[[0,1]],"ended":{"SUCCEEDED":2},"rollup":{}}`. */
function recalled(text: string, at: number, { ordinal, attempt }: DispatchRef): EngineEvent {
  return { type: 'iterations-recalled', at, ordinal, attempt, before: JSON.parse(text) as RecalledIterations };
}

/** `restart a ann [NAME TYPE = VALUE; ..]`. */
function restarted(text: string, at: number, { ordinal }: DispatchRef): EngineEvent {
  const [by, params] = cut(text);
  const policy = 'RESTART_FROM_INCOMPLETE';
  const below = { path: [], policy, downstreamPolicy: policy, params: {}, stepParams: {}, skipSteps: [] } as const;
  const restart = { requestId: 'restart', by, params: params === '' ? {} : outputs(params), below };
  return { type: 'restart-requested', at, ordinal, restart };
}

function attemptOf({ ordinal, attempt }: DispatchRef): ChildOf {
  return { ordinal, attempt };
}

/** `0=12 region=eu day=20260101; 1=3`: dependency 0 is matched by signal 12, dependency 1 by signal 3. */
function matchedSignals(text: string): MatchedSignal[] {
  if (text === '') return [];
  return text.split('; ').map((one) => {
    const [[index, signalId] = [], ...params] = one.split(' ').map((pair) => pair.split('='));
    const values = params.map(([name = '', value = '']) => [name, /^-?\d+$/.test(value) ? BigInt(value) : value]);
    return {
      index: Number(index),
      signalId: BigInt(signalId ?? 0),
      params: Object.fromEntries(values) as SignalParams,
    };
  });
}

/** `4 17`: the signals of the attempt have these numbers. */
function announcedSignals(text: string, time: number): { readonly signalId: bigint; readonly time: number }[] {
  return text.split(' ').map((id) => ({ signalId: BigInt(id), time }));
}

/** `child a other 7`: run 1 of instance 7 of workflow other. */
function childStarted(text: string, at: number, { ordinal, attempt }: DispatchRef): EngineEvent {
  const [workflowId, instance] = cut(text);
  const child = { workflowId, instanceId: Number(instance), runId: 1, version: 1 };
  return { type: 'child-started', at, ordinal, attempt, child };
}

/** `ended a SUCCEEDED` of a subworkflow, `ended a SUCCEEDED 3` or `3@2` (of run 2) [NAME TYPE = VALUE; ..]` of the iteration with index 3. */
function childEnded(text: string, at: number, { ordinal, attempt }: DispatchRef): EngineEvent {
  const [status, rest] = cut(text);
  const [which, variables] = cut(rest);
  const [index = '', run = '1'] = which.split('@');
  const rollup = { SUCCEEDED: 1 };
  const place = { workflowId: 'other', instanceId: 7, runId: Number(run), version: 1 };
  const child = { ...place, status: status as WorkflowInstanceStatus, rollup };
  const event = { type: 'child-finished', at, ordinal, attempt, child } as const;
  if (index === '') return event;
  const values = Object.entries(variables === '' ? {} : outputs(variables)).map(([name, { value }]) => [name, value]);
  return { ...event, index: Number(index), values: Object.fromEntries(values) as ParamValueMap };
}

/** `end a DONE [NAME TYPE = VALUE; ..] [| ARTIFACTS]`, `end a USER_ERROR [MESSAGE] [| ARTIFACTS]`. */
function ended(text: string, at: number, ref: DispatchRef): EngineEvent {
  const [head = '', artifacts] = text.split(' | ');
  const [outcome, detail] = cut(head);
  const event = { type: 'attempt-ended', at, ...ref, outcome: outcome as AttemptOutcome, timeline: [] } as const;
  const extra = artifacts === undefined ? {} : { artifacts: JSON.parse(artifacts) as Record<string, never> };
  if (detail === '') return { ...event, ...extra };
  return outcome === 'DONE'
    ? { ...event, ...extra, outputs: outputs(detail) }
    : { ...event, ...extra, message: detail };
}

function outputs(text: string): Record<string, ParamDefinition> {
  const params: Record<string, ParamDefinition> = {};
  for (const param of text.split('; ')) addParam(params, param);
  return params;
}

/** `a` = its latest attempt and dispatch, `a#2/1` = attempt 2, dispatch 1. */
function reference(text: string, { plan, state }: EventContext): DispatchRef {
  const [, id = '', attempt, dispatch] = /^([^#]+)(?:#(\d+)\/(\d+))?$/.exec(text) ?? [];
  const ordinal = plan.ordinals.get(id) ?? Number(id.replace('unknown', '99'));
  if (attempt !== undefined) return { ordinal, attempt: Number(attempt), dispatch: Number(dispatch) };
  const latest = state.steps.get(ordinal);
  return { ordinal, attempt: latest?.attempt ?? 1, dispatch: latest?.dispatch ?? 1 };
}

function log(at: number, message: string): { type: 'LOG'; timestamp: number; level: 'INFO'; message: string } {
  return { type: 'LOG', timestamp: at, level: 'INFO', message };
}
