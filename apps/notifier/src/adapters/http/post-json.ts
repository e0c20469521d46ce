import type { Outcome } from '../../ports/channel.js';

const MAX_ANSWER = 2_000;
const SECOND = 1_000;

/** Posted is what a receiver answered. */
export interface Posted {
  readonly status: number;
  readonly text: string;
  /** How long it asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** postJson posts to a URL that an operator has set. Throws when there is no answer. */
export async function postJson(url: string, body: unknown, signal: AbortSignal): Promise<Posted> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'maestro-notifier' },
    body: JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    redirect: 'error',
    signal,
  });
  const text = (await response.text()).slice(0, MAX_ANSWER);
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { status: response.status, text, ...(Number.isFinite(after) ? { retryAfterMs: after * SECOND } : {}) };
}

/** outcomeOf: what was refused for what it says is refused for good; all else is tried again. */
export function outcomeOf({ status, text, retryAfterMs }: Posted): Outcome {
  const answer = `${status} ${text}`.trim();
  if (status >= 200 && status < 300) return { result: 'delivered', answer };
  const again = status === 429 || status === 408 || status >= 500;
  if (!again) return { result: 'refused', reason: answer };
  return { result: 'retry', reason: answer, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
