import { createHash } from 'node:crypto';
import { isCompleteStep, isTerminalInstance } from '@maestro/domain';
import { ordinalOf } from '../queries/find-step.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import type { ActOnStepDeps, StepActAsk } from './act-on-step.js';
import { readRunWithPlan } from './read-run.js';
import { restartInstance } from './restart-instance.js';
import type { RestartRunDeps } from './restart-run.js';

export type SkipByRestartDeps = ActOnStepDeps & RestartRunDeps;

/**
 * skipByRestart: a step that has failed in a run that has ended is skipped by the next run of its instance, which goes on behind it
 * (specification §4.7). Answers the run that goes on, an ancestor's for a run that a step started; undefined when the run goes on, or the step is complete. Throws as a restart does.
 */
export async function skipByRestart(
  deps: SkipByRestartDeps,
  { run, stepId, by }: Pick<StepActAsk, 'run' | 'stepId' | 'by'>,
  requestId: string,
): Promise<StepActAsk['run'] | undefined> {
  const found = await readRunWithPlan(deps, run);
  if (!isTerminalInstance(found.run.header.status)) return undefined;
  const step = latestAttempts(found.run.attempts).get(ordinalOf(found.plan, stepId));
  if (step === undefined || isCompleteStep(step.status)) return undefined;
  const restarted = await restartInstance(deps, {
    requestId,
    requestHash: createHash('sha256').update(requestId).digest(),
    by,
    traceparent: undefined,
    version: undefined,
    run,
    stepId,
    policy: 'RESTART_FROM_SPECIFIC',
    downstreamPolicy: 'RESTART_FROM_INCOMPLETE',
    params: {},
    stepParams: {},
    skipSteps: [stepId],
  });
  const { workflowId, instanceId, runId } = restarted;
  return { workflowId, instanceId, runId };
}
