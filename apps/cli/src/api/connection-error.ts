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

/** What fetch throws: the reason is a code, here or in what it was caused by; several addresses fail together. */
interface Failure {
  readonly name?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, code, message = 'an unknown error', cause, errors } = error as Failure;
  if (name === 'TimeoutError') return 'TIMEOUT';
  if (typeof code === 'string') return code;
  if (errors?.[0] !== undefined) return reasonOf(errors[0]);
  return cause === undefined ? message : reasonOf(cause);
}
