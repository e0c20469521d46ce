import type { RuntimeOutcome } from '../runtime.js';

/** SqlFailure is a failure whose class is known. */
export class SqlFailure extends Error {
  override readonly name = 'SqlFailure';

  constructor(
    readonly outcome: Exclude<RuntimeOutcome, 'DONE' | 'STOPPED'>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
