import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { paramsOf } from '../params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { runCallBackStep, type Asked } from './call-back-step.js';
import type { CallBacks } from './call-backs.js';
import { codeOf, reasonOf, RefusedTarget, TooLarge, type HttpPolicy, type HttpRequest } from '@maestro/outbound';
import { follow } from './follow.js';
import { withoutAuth } from './http-auth.js';
import { httpCallOf, type HttpCall } from './http-params.js';
import { httpResult } from './http-result.js';
import { nextState, type StateDeps } from './next-state.js';
import { withRetries } from './with-retries.js';

/** HttpSettings is what Http steps need of their executor. */
export interface HttpSettings extends StateDeps {
  readonly policy: HttpPolicy;
  /** Milliseconds between an answer that means CONTINUE and the next request. */
  readonly pollMs: number;
  /** Milliseconds before a request that met an error of the network is made again; doubled each time. */
  readonly retryMs: number;
  /** Absent: nobody can call back, since the executor was not told where the API is. */
  readonly callBacks?: CallBacks | undefined;
}

/** Methods that do no more when they are used twice (RFC 9110 §9.2.2). */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);

/**
 * http makes one HTTP request, within the policy of this executor; again while `state_expr` says CONTINUE. With `callback` it
 * then waits to be told the result.
 */
export function http(settings: HttpSettings): Runtime {
  return {
    type: 'Http',
    takesSlot: true,
    survives: true,
    start: (task, context) => start(settings, task, context),
  };
}

async function start(settings: HttpSettings, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const call = httpCallOf(paramsOf(task));
  if (typeof call === 'string') return { outcome: 'FATAL_ERROR', message: call };
  try {
    if (!call.callback) return await askOnce(settings, task, context, call);
    const { callBacks } = settings;
    if (callBacks === undefined) return { outcome: 'FATAL_ERROR', message: NO_API };
    const ask = (filled: HttpCall): Promise<Asked> => request(settings, task, context, filled, 0);
    return await runCallBackStep({ callBacks, task, context, call, ask });
  } catch (error) {
    return context.signal.aborted ? { outcome: 'STOPPED' } : failed(call, error);
  }
}

const NO_API =
  'The step wants to be called back, but its executor was not told where the API is: set MAESTRO_API_URL on the executor.';

async function askOnce(
  settings: HttpSettings,
  task: Task,
  context: RuntimeContext,
  call: HttpCall,
): Promise<RuntimeResult> {
  for (let round = 0; ; round += 1) {
    const { answer, next } = await request(settings, task, context, call, round);
    if (next.state !== 'CONTINUE')
      return httpResult(call, answer, next.state, 'message' in next ? next.message : undefined);
    await wait(settings.pollMs, undefined, { signal: context.signal });
  }
}

/** One request, made again after errors of the network, and what the step makes of the answer. */
async function request(
  settings: HttpSettings,
  task: Task,
  context: RuntimeContext,
  call: HttpCall,
  round: number,
): Promise<Asked> {
  const { signal } = context;
  const sent = sentOf(call, context, round);
  const options = {
    retries: call.retries,
    // Who takes call-backs or a key of the step's own is prepared for repeats; ours may be ignored.
    repeatable: REPEATABLE.has(call.method) || call.callback || hasOwnKey(call),
    signal,
    firstPauseMs: settings.retryMs,
    again: (reason: string, pauseMs: number) =>
      context.log('system', `${call.method} failed: ${reason}; it is tried again in ${pauseMs} ms\n`),
  };
  const answered = await withRetries(options, () => follow(settings.policy, call.url, sent, signal, call.timeoutMs));
  const answer = { ...answered, body: withoutAuth(answered.body, call.auth) };
  return { answer, next: await nextState(settings, task, answer) };
}

/** The receiver can tell a repeat from a new request, and join the run's trace. */
function sentOf(call: HttpCall, { attemptId, traceparent }: RuntimeContext, round: number): HttpRequest {
  return {
    method: call.method,
    headers: {
      'Idempotency-Key': round === 0 ? attemptId : `${attemptId}-${round}`,
      ...(traceparent === undefined ? {} : { traceparent }),
      ...call.headers,
      ...(call.auth === undefined ? {} : { [call.auth.header]: call.auth.value }),
    },
    ...(call.auth === undefined ? {} : { authHeader: call.auth.header }),
    ...(call.body === undefined ? {} : { body: call.body }),
  };
}

function hasOwnKey({ headers }: HttpCall): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');
}

function failed(call: HttpCall, error: unknown): RuntimeResult {
  const reason = reasonOf(error);
  if (error instanceof RefusedTarget) return { outcome: 'FATAL_ERROR', message: reason };
  if (error instanceof TooLarge) return { outcome: 'USER_ERROR', message: `${call.method} ${call.url}: ${reason}` };
  const code = codeOf(error);
  // Node refuses malformed methods and headers before anything is sent: no retry helps.
  if (code.startsWith('ERR_INVALID') || code.startsWith('ERR_HTTP_INVALID') || code === 'ERR_UNESCAPED_CHARACTERS') {
    return { outcome: 'FATAL_ERROR', message: `The request cannot be made: ${reason}` };
  }
  return { outcome: 'PLATFORM_ERROR', message: `${call.method} ${call.url} failed: ${reason}` };
}
