import { setTimeout as delay } from 'node:timers/promises';
import { isTerminalInstance, isTerminalStep, MaestroError, type StepStatus } from '@maestro/domain';
import type { CallOptions } from '@maestro/grpc';
import type { StepInstance } from '@maestro/proto/maestro/types/v1/instance';
import { instanceStatusFromProto, stepStatusFromProto } from '@maestro/wire';
import type { Services } from '../services.js';
import type { AttemptReference } from './log-request.js';

const RETRY_MS = 1_000;

/**
 * attemptEnd resolves when the attempt has ended, with its status if it is known: the scheduler knows that also when the
 * executor died without a word. Resolves too when nobody knows the run any more; rejects when the signal aborts.
 */
export async function attemptEnd(
  { scheduler }: Services,
  of: AttemptReference,
  options: CallOptions & { readonly signal: AbortSignal },
): Promise<StepStatus | undefined> {
  const run = { workflowId: of.workflowId, workflowInstanceId: of.workflowInstanceId, workflowRunId: of.workflowRunId };
  for (;;) {
    try {
      for await (const { instance, steps } of scheduler.watchInstance({ run }, options)) {
        const step = steps.find(({ stepId }) => stepId === of.stepId);
        const status = step === undefined ? undefined : endOf(step, of.attempt);
        if (status !== undefined) return status === 'over' ? undefined : status;
        if (instance !== undefined && isTerminalInstance(instanceStatusFromProto(instance.status))) return undefined;
      }
      return undefined;
    } catch (error) {
      if (options.signal.aborted || !(error instanceof MaestroError)) throw error;
      if (error.code !== 'UNAVAILABLE' && error.code !== 'TIMED_OUT') return undefined;
      await delay(RETRY_MS, undefined, { signal: options.signal });
    }
  }
}

/** `over`: a later attempt has begun. */
function endOf({ stepAttemptId, runtimeState }: StepInstance, attempt: number): StepStatus | 'over' | undefined {
  if (stepAttemptId > attempt) return 'over';
  if (stepAttemptId < attempt || runtimeState === undefined) return undefined;
  const status = stepStatusFromProto(runtimeState.status);
  return isTerminalStep(status) ? status : undefined;
}
