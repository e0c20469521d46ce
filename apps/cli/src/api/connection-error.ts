import type { Address } from '../address.js';

/** ConnectionError: no answer came from the address. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(
    readonly address: Address,
    /** What the system called it: ECONNREFUSED, ENOTFOUND, ECONNRESET. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(messageOf(address, reason), options);
  }
}

function messageOf({ url, source }: Address, reason: string): string {
  if (reason === 'ECONNREFUSED') return `Nothing listens on ${url} (${source}).`;
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return `${url} (${source}) names a host that nobody knows.`;
  if (reason === 'TIMEOUT') return `${url} (${source}) did not answer in time.`;
  return `The connection to ${url} (${source}) broke: ${reason}.`;
}

/** connectionErrorOf turns what `fetch` throws into a ConnectionError; fetch hides the reason in the cause. */
export function connectionErrorOf(address: Address, error: unknown): ConnectionError {
  return new ConnectionError(address, reasonOf(error), { cause: error });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
