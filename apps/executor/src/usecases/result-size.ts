import type { RuntimeResult } from '../runtimes/runtime.js';

/** The spec's limit of output params (§2.9), applied to what one result carries; a NATS message takes 1 MB at most. */
export const MAX_RESULT_BYTES = 750_000;
const MAX_MESSAGE_CHARS = 8_000;

/** withinSize is the result, or the error that it is too big to be reported. */
export function withinSize(result: RuntimeResult): RuntimeResult {
  const bytes = (result.outputParamsJson?.length ?? 0) + (result.artifactsJson?.length ?? 0);
  if (bytes > MAX_RESULT_BYTES) {
    return {
      outcome: 'USER_ERROR',
      message: `The step returned ${bytes} bytes of output params and artifacts; ${MAX_RESULT_BYTES} is the limit. Store big data elsewhere and return where it is.`,
    };
  }
  if (result.message !== undefined && result.message.length > MAX_MESSAGE_CHARS) {
    return { ...result, message: `${result.message.slice(0, MAX_MESSAGE_CHARS)}…` };
  }
  return result;
}
