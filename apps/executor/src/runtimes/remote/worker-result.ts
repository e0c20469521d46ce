import { WorkerOutcome, type WorkerResult } from '@maestro/proto/maestro/executor/v1/worker_service';
import { readOutputDocument, type OutputDocument } from '../output-document.js';
import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';

/** What a worker's result may carry, in bytes: what one report to the scheduler can. */
export const MAX_WORKER_OUTPUT_BYTES = 700_000;

/** Numbers of later releases count as the surroundings' fault. */
const OUTCOMES: Readonly<Partial<Record<WorkerOutcome, RuntimeOutcome>>> = {
  [WorkerOutcome.DONE]: 'DONE',
  [WorkerOutcome.USER_ERROR]: 'USER_ERROR',
  [WorkerOutcome.PLATFORM_ERROR]: 'PLATFORM_ERROR',
  [WorkerOutcome.FATAL_ERROR]: 'FATAL_ERROR',
  [WorkerOutcome.TIMED_OUT]: 'TIMED_OUT',
};

/** resultOfWorker is what became of an attempt, as its worker says. `asked`: it had been told to stop. */
export function resultOfWorker(result: WorkerResult, asked: boolean): RuntimeResult {
  const { outcome, message } = result;
  if (outcome === WorkerOutcome.CANCELLED) {
    return asked ? { outcome: 'STOPPED' } : failure('PLATFORM_ERROR', message || 'the worker gave the task up');
  }
  const output = outputOf(result);
  if (typeof output === 'string') return failure('USER_ERROR', output);
  return { outcome: OUTCOMES[outcome] ?? 'PLATFORM_ERROR', ...output, ...(message === '' ? {} : { message }) };
}

function failure(outcome: RuntimeOutcome, message: string): RuntimeResult {
  return { outcome, message };
}

const NO_OUTPUT: OutputDocument = {};

/** The document, or what is wrong with it. */
function outputOf({ outputJson }: WorkerResult): OutputDocument | string {
  if (outputJson.length === 0) return NO_OUTPUT;
  if (outputJson.length > MAX_WORKER_OUTPUT_BYTES) {
    return `The step returned ${outputJson.length} bytes; ${MAX_WORKER_OUTPUT_BYTES} is the limit. Store big data elsewhere and return where it is.`;
  }
  try {
    return readOutputDocument(outputJson);
  } catch (error) {
    return `What the step returned cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
