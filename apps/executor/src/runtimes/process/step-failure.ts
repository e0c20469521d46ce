import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';

/** StepFailure ends an attempt early, before or instead of the user's own process; what it says is for the user. */
export class StepFailure extends Error {
  constructor(
    readonly outcome: Exclude<RuntimeOutcome, 'DONE'>,
    message: string,
  ) {
    super(message);
  }
}

/** failuresAsResults gives a StepFailure of `run` as the result that it is; other errors are the platform's. */
export async function failuresAsResults(run: () => Promise<RuntimeResult>): Promise<RuntimeResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return error.outcome === 'STOPPED' ? { outcome: 'STOPPED' } : { outcome: error.outcome, message: error.message };
  }
}
