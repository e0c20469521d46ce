import type { RunKey } from '@maestro/domain';
import type { Command } from '@maestro/engine';
import { inlineWorkflowId } from '../queries/inline-workflow-id.js';
import type { CommitDeps } from './commit-deps.js';
import { submitEvent } from './submit-event.js';

type RecallIterations = Extract<Command, { type: 'recall-iterations' }>;

/** recallIterations reads what became of the iterations of a loop that restarts; what fails now is asked again by the engine's timer. */
export function recallIterations(deps: CommitDeps, runKey: RunKey, { ordinal, attempt, ask }: RecallIterations): void {
  const record = deps.cache.get(runKey);
  const planStep = record?.plan.steps[ordinal];
  if (record === undefined || planStep === undefined) return;
  const kind = planStep.runs === 'while' ? 'while' : 'foreach';
  const workflowId = inlineWorkflowId(record.state.header, kind, planStep.id);
  deps.store.iterations(workflowId, ask, kind).then(
    (before) => submitEvent(deps, runKey, { type: 'iterations-recalled', at: deps.now(), ordinal, attempt, before }),
    (error: unknown) =>
      deps.logger.warn(
        { err: error, runKey: String(runKey) },
        'iterations cannot be read now; they are asked for again',
      ),
  );
}
