import { attemptId, type AttemptKey } from '@maestro/domain';
import type { CallBackStore } from '../../ports/call-back-store.js';
import type { Clock } from '../../ports/clock.js';
import type { OutputDataStore } from '../../ports/output-data-store.js';
import type { CallBacks, ToldResult } from '../../runtimes/http/call-backs.js';
import { newToken } from '../output-data/attempt-token.js';
import { Wakeup } from '../wakeup.js';
import { readCallBack } from './read-call-back.js';

export interface StoredCallBacksDeps {
  readonly store: CallBackStore;
  readonly tokens: OutputDataStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Where those that are asked reach the REST API. */
  readonly apiUrl: string;
}

/** A look without a signal: only for signals lost with their connection. */
const LOOK_AGAIN_MS = 10_000;
const RETRY_MS = 1_000;

/** storedCallBacks finds what attempts are told in the database, whichever executor took the call. */
export function storedCallBacks(deps: StoredCallBacksDeps): CallBacks {
  const { store, tokens, clock, apiUrl } = deps;
  return {
    told: (of) => told(store, of),
    open: async (of) => {
      const { token, hash } = newToken();
      await tokens.openToken(of, hash, true, clock.now());
      return `${apiUrl.replace(/\/+$/, '')}/api/v3/callbacks/${attemptId(of)}?token=${token}`;
    },
    wait: (of, signal) => wait(store, of, signal),
    close: async (of) => void (await tokens.end(of, clock.now())),
  };
}

async function told(store: CallBackStore, of: AttemptKey): Promise<ToldResult | undefined> {
  const body = await store.read(of);
  return body === undefined ? undefined : readCallBack(body);
}

async function wait(store: CallBackStore, of: AttemptKey, signal: AbortSignal): Promise<ToldResult> {
  const wakeup = new Wakeup(signal);
  try {
    for (;;) {
      signal.throwIfAborted();
      const result = await once(store, of, wakeup);
      if (result !== undefined) return result;
    }
  } finally {
    wakeup.close();
  }
}

/** One look and one sleep. A database that is away is no reason to give up: the attempt has a timeout. */
async function once(store: CallBackStore, of: AttemptKey, wakeup: Wakeup): Promise<ToldResult | undefined> {
  let unwatch: (() => void) | undefined;
  try {
    unwatch = await store.watch(of, () => wakeup.wake());
    const result = await told(store, of);
    if (result === undefined) await wakeup.sleep(LOOK_AGAIN_MS);
    return result;
  } catch {
    await wakeup.sleep(RETRY_MS);
    return undefined;
  } finally {
    unwatch?.();
  }
}
