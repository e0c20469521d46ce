import { MaestroError } from '@maestro/domain';
import type { Input, QueueAct, QueueActOutcome } from '../commit/input.js';
import type { DefinitionCopies } from '../ports/definition-copies.js';
import type { QueueRow } from '../rows/queue-row.js';

export interface ActOnQueueDeps {
  readonly copies: Pick<DefinitionCopies, 'queueOf'>;
  submit(input: Input): void;
  now(): number;
}

/** NOTHING is what an act on a workflow that was never started touches. */
const NOTHING: QueueActOutcome = { queued: 0, running: 0, unblocked: 0 };

/** actOnQueue acts on a workflow's whole queue; a workflow that was never started has nothing to act on. */
export async function actOnQueue(deps: ActOnQueueDeps, workflowId: string, act: QueueAct): Promise<QueueActOutcome> {
  const queue = await deps.copies.queueOf(workflowId);
  return queue === undefined || queue.closed ? NOTHING : submitAct(deps, queue, act);
}

/** submitAct resolves once the act is committed. */
export function submitAct(
  deps: Pick<ActOnQueueDeps, 'submit'>,
  { workflowKey }: Pick<QueueRow, 'workflowKey'>,
  act: QueueAct,
): Promise<QueueActOutcome> {
  return new Promise((settle, fail) => deps.submit({ kind: 'queue', workflowKey, act, settle, fail }));
}

/** checkWorkflowId throws INVALID_REQUEST without one. */
export function checkWorkflowId(workflowId: string): string {
  if (workflowId !== '') return workflowId;
  throw new MaestroError('INVALID_REQUEST', 'The request names no workflow.', {
    violations: [{ path: 'workflow_id', message: 'is required' }],
  });
}
