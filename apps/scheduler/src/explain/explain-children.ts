import type { PlanStep, StepState } from '@maestro/engine';
import { inlineWorkflowId, type LoopOwner } from '../queries/inline-workflow-id.js';
import type { Explained } from './explained.js';

/** So many iterations are named: those that the loop has waited for longest. */
const NAMED = 3;

/** explainChildren names the runs that a loop or subworkflow step waits for, as `maestro explain` takes them. */
export function explainChildren(
  header: LoopOwner,
  { id, runs }: Pick<PlanStep, 'id' | 'runs'>,
  { child, loop }: Pick<StepState, 'child' | 'loop'>,
): Partial<Explained> {
  if (child !== undefined)
    return { remedy: `Explain that run: maestro explain ${child.workflowId}/${child.instanceId}.` };
  if (loop === undefined || loop.running.length === 0 || (runs !== 'foreach' && runs !== 'while')) return {};
  const inline = inlineWorkflowId(header, runs, id);
  const names = loop.running.slice(0, NAMED).map((index) => `${inline}/${index + 1}`);
  return { remedy: `Explain one of the iterations under way: maestro explain ${names.join(', ')}.` };
}
