import { MaestroError, type ErrorCode, type RunStrategy } from '@maestro/domain';
import { runStrategyToProto } from '@maestro/wire';
import type { RestCall } from '../http/rest-call.js';
import type { Services } from '../services.js';

/** A new workflow has no queue yet; and while the scheduler is away a switch is still safe, only less explained. */
const NO_OBJECTION: ReadonlySet<ErrorCode> = new Set(['WORKFLOW_NOT_FOUND', 'UNAVAILABLE', 'TIMED_OUT', 'OVERLOADED']);

/** checkStrategySwitch asks the scheduler before a run strategy is set; throws RUN_STRATEGY_SWITCH_REFUSED. */
export async function checkStrategySwitch(
  call: RestCall,
  { scheduler }: Services,
  workflowId: string,
  runStrategy: RunStrategy | undefined,
): Promise<void> {
  if (runStrategy === undefined) return;
  try {
    await scheduler.checkStrategySwitch({ workflowId, runStrategy: runStrategyToProto(runStrategy) }, call.options);
  } catch (error) {
    if (!(error instanceof MaestroError && NO_OBJECTION.has(error.code))) throw error;
  }
}
