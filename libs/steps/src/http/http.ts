import { defineStepType } from '../define-step-type.js';

/** DEFAULT_STATE_EXPR maps the status code of an answer to the outcome of the step (spec §1.7). */
export const DEFAULT_STATE_EXPR =
  "if (status_code >= 200 && status_code < 300) return 'DONE'; " +
  "if (status_code >= 400 && status_code < 500) return 'FATAL_ERROR'; return 'USER_ERROR';";

/** Http makes one HTTP request (spec §1.7). */
export const http = defineStepType({
  name: 'Http',
  runs: 'executor',
  // What waits for a call-back outlives its executor; a request under way is made again, with the same Idempotency-Key.
  onExecutorLost: 'reattach',
  doc:
    'Makes one HTTP request. 2xx succeeds, 4xx fails for good, any other status is retried as a user error. With `callback` it then waits ' +
    'until somebody calls back.',
  defaultParams: {
    http: {
      type: 'MAP',
      internalMode: 'REQUIRED',
      value: {
        url: { type: 'STRING', internalMode: 'REQUIRED' },
        method: { type: 'STRING', value: 'GET', internalMode: 'PROVIDED' },
        headers: {
          type: 'STRING_MAP',
          value: { 'Content-Type': 'application/json', Accept: 'application/json' },
          internalMode: 'PROVIDED',
        },
        body: { type: 'STRING', internalMode: 'OPTIONAL' },
        auth: { type: 'MAP', internalMode: 'OPTIONAL' },
        callback: { type: 'BOOLEAN', internalMode: 'OPTIONAL' },
        retries: { type: 'LONG', internalMode: 'OPTIONAL' },
        timeout_secs: { type: 'LONG', internalMode: 'OPTIONAL' },
      },
    },
    status_code: { type: 'LONG', value: 200n, internalMode: 'OPTIONAL' },
    response_body: { type: 'STRING', value: '', internalMode: 'OPTIONAL' },
    state_expr: { type: 'STRING', value: DEFAULT_STATE_EXPR, internalMode: 'PROVIDED' },
  },
  outputs: ['status_code', 'response_body'],
});
