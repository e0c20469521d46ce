import { isCompleteStep, isRetryableStep, isTerminalInstance, isTerminalStep, MaestroError } from '@maestro/domain';
import type { EndedIteration, EngineEvent, StepRestart, StepState, Verdict } from '@maestro/engine';
import { ordinalOf } from '../queries/find-step.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import type { RestartAsk, Restarted, RestartRunDeps } from './restart-run.js';

/** RestartedInRun is the run that goes on, and the attempt that runs the step again. */
export interface RestartedInRun extends Restarted {
  readonly attempt: number;
}

/**
 * restartStepInRun begins a step again by a new attempt, in a run that goes on beside it. Throws INVALID_STATE, which says why the step
 * cannot be restarted now.
 */
export async function restartStepInRun(
  deps: RestartRunDeps,
  found: RunWithPlan,
  stepId: string,
  ask: RestartAsk,
  { iteration, ...restart }: StepRestartAsk,
): Promise<RestartedInRun> {
  const ordinal = ordinalOf(found.plan, stepId);
  const known = latestAttempts(found.run.attempts).get(ordinal);
  if (known && isRepeated(known, ask)) return answer(found, known.attempt, 'DUPLICATED');
  const inPlace = known?.status === 'RUNNING' ? iteration : undefined;
  if (inPlace) checkInPlace(found, ordinal);
  else if (!isBeingEnded(known)) checkRestartable(found, ordinal, known);
  const { runKey, workflowId, instanceId, runId } = found.run.header;
  const event = {
    ordinal,
    ...(inPlace ? { iteration: inPlace } : {}),
    restart: { ...restart, requestId: ask.requestId, by: ask.by },
  };
  const verdict = await submitted(deps, runKey, { type: 'restart-requested', at: deps.now(), ...event });
  const after = await readRunWithPlan(deps, { workflowId, instanceId, runId });
  const step = latestAttempts(after.run.attempts).get(ordinal);
  if (verdict === 'accepted' && step?.again) return answer(after, step.attempt + 1, 'CREATED');
  if (verdict === 'accepted' && step) return answer(after, step.attempt, 'CREATED');
  if (!inPlace) checkRestartable(after, ordinal, step);
  throw refusal(`Step ${stepId} of ${workflowId}/${String(instanceId)} moved on meanwhile; look at it again.`);
}

/** StepRestartAsk is what is wanted of the step; with `iteration` that one alone runs again when its loop goes on. */
export interface StepRestartAsk extends Pick<StepRestart, 'params' | 'below'> {
  readonly iteration?: EndedIteration;
}

/** isRepeated: this very request has restarted the step, or an iteration of it, before. */
export function isRepeated(
  { restart, again, reruns = [] }: StepState,
  { requestId }: Pick<RestartAsk, 'requestId'>,
): boolean {
  return (
    restart?.requestId === requestId ||
    again?.requestId === requestId ||
    reruns.some((rerun) => rerun.requestId === requestId)
  );
}

/** isBeingEnded: a person is stopping or killing it; the restart waits until it has ended, unless another one waits already. */
function isBeingEnded(step: StepState | undefined): boolean {
  const target = step?.cancelling?.target;
  return step?.again === undefined && (target === 'STOPPED' || target === 'FATALLY_FAILED');
}

/** checkInPlace throws INVALID_STATE unless iterations of the loop may run again while it goes on (specification §4.7). */
function checkInPlace({ run: { header }, plan }: RunWithPlan, ordinal: number): void {
  const { id = '', runs, failureMode } = plan.steps[ordinal] ?? {};
  const place = `${header.workflowId}/${String(header.instanceId)}`;
  if (runs !== 'foreach')
    throw refusal(`Loop ${id} of ${place} is a while and under way: its iterations follow from each other.`);
  if (header.ending) throw refusal(`${place} is being ended (${header.ending.reason}): restart it once it has ended.`);
  if (failureMode === 'FAIL_IMMEDIATELY')
    throw refusal(`Loop ${id} of ${place} has the failure mode FAIL_IMMEDIATELY: it restarts once it has ended.`);
}

function submitted(deps: RestartRunDeps, runKey: bigint, event: EngineEvent): Promise<Verdict> {
  return new Promise((settle, fail) => deps.submit({ kind: 'event', runKey, event, settle, fail }));
}

function answer({ run: { header } }: RunWithPlan, attempt: number, status: Restarted['status']): RestartedInRun {
  const { workflowId, instanceId, runId, version } = header;
  return { workflowId, instanceId, runId, version, status, requestDiffers: false, stale: false, attempt };
}

/** checkRestartable throws INVALID_STATE unless the step may begin again within its run (specification §4.7). */
function checkRestartable({ run: { header }, plan }: RunWithPlan, ordinal: number, step: StepState | undefined): void {
  const { id = '', failureMode } = plan.steps[ordinal] ?? {};
  const place = `${header.workflowId}/${String(header.instanceId)}`;
  const name = `Step ${id} of ${place}`;
  if (isTerminalInstance(header.status)) throw refusal(`${place} has ended meanwhile; restart the step once more.`);
  if (step === undefined) throw refusal(`${name} has not run in run ${String(header.runId)}, which is under way.`);
  if (isCompleteStep(step.status))
    throw refusal(`${name} is ${step.status}: it runs again by a new run only, once this one has ended.`);
  if (isRetryableStep(step.status)) throw refusal(`${name} is ${step.status}, and its next attempt comes by itself.`);
  if (!isTerminalStep(step.status)) throw refusal(`${name} is ${step.status}: it is under way.`);
  if (header.ending) throw refusal(`${place} is being ended (${header.ending.reason}): restart it once it has ended.`);
  if (failureMode !== 'FAIL_AFTER_RUNNING')
    throw refusal(
      `${name} has the failure mode ${failureMode ?? ''}: only FAIL_AFTER_RUNNING lets it begin again within its run.`,
    );
}

function refusal(message: string): MaestroError {
  return new MaestroError('INVALID_STATE', message);
}
