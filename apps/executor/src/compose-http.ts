import type { Evaluator } from '@maestro/evaluation';
import { outboundPolicy } from '@maestro/outbound';
import type { ExecutorConfig } from './config.js';
import type { CallBackStore } from './ports/call-back-store.js';
import type { Clock } from './ports/clock.js';
import type { OutputDataStore } from './ports/output-data-store.js';
import type { CallBacks } from './runtimes/http/call-backs.js';
import type { HttpSettings } from './runtimes/http/http.js';
import { storedCallBacks } from './usecases/call-back/stored-call-backs.js';

/** Between an answer that means CONTINUE and the next request of an Http step. */
const POLL_MS = 10_000;
/** Before a request is made again that met an error of the network; doubled each time. */
const RETRY_MS = 500;

/** POLICY_SETTINGS: as errors name them. */
export const POLICY_SETTINGS = {
  service: 'executor',
  allow: 'MAESTRO_EXECUTOR_HTTP_ALLOW',
  allowPrivate: 'MAESTRO_EXECUTOR_HTTP_ALLOW_PRIVATE',
};

/** HttpParts are what Http steps use of the service. */
export interface HttpParts {
  readonly outputData: OutputDataStore;
  readonly callBacks: CallBackStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly evaluator: Evaluator;
}

/** httpSettings wires Http steps: where they may go, how they evaluate, how they are called back. */
export function httpSettings(config: ExecutorConfig, parts: HttpParts): HttpSettings {
  return {
    evaluator: parts.evaluator,
    now: () => parts.clock.now(),
    pollMs: POLL_MS,
    retryMs: RETRY_MS,
    callBacks: callBacksOf(config, parts),
    policy: outboundPolicy({ allow: config.httpAllow, allowPrivate: config.httpAllowPrivate }, POLICY_SETTINGS),
  };
}

function callBacksOf({ apiUrl }: ExecutorConfig, { outputData, callBacks, clock }: HttpParts): CallBacks | undefined {
  return apiUrl === undefined ? undefined : storedCallBacks({ store: callBacks, tokens: outputData, clock, apiUrl });
}
