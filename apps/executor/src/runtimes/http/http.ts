import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { paramsOf } from '../params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { RefusedTarget, type HttpPolicy } from './check-target.js';
import { TooLarge } from './exchange.js';
import { follow } from './follow.js';
import { httpCallOf, type HttpCall } from './http-params.js';
import { httpResult } from './http-result.js';
import { nextState, type StateDeps } from './next-state.js';

/** HttpSettings is what Http steps need of their executor. */
export interface HttpSettings extends StateDeps {
  readonly policy: HttpPolicy;
  /** Milliseconds between an answer that means CONTINUE and the next request. */
  readonly pollMs: number;
}

/** http makes one HTTP request, within the policy of this executor; again while `state_expr` says CONTINUE. */
export function http(settings: HttpSettings): Runtime {
  return { type: 'Http', takesSlot: true, start: (task, context) => start(settings, task, context) };
}

async function start(settings: HttpSettings, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const call = httpCallOf(paramsOf(task));
  if (typeof call === 'string') return { outcome: 'FATAL_ERROR', message: call };
  try {
    return await ask(settings, task, context, call);
  } catch (error) {
    return context.signal.aborted ? { outcome: 'STOPPED' } : failed(call, error);
  }
}

async function ask(
  settings: HttpSettings,
  task: Task,
  context: RuntimeContext,
  call: HttpCall,
): Promise<RuntimeResult> {
  const { signal } = context;
  for (let round = 0; ; round += 1) {
    const answer = await follow(settings.policy, call.url, withIdentity(call, context, round), signal);
    const next = await nextState(settings, task, answer);
    if (next.state !== 'CONTINUE')
      return httpResult(call, answer, next.state, 'message' in next ? next.message : undefined);
    await wait(settings.pollMs, undefined, { signal });
  }
}

/** The receiver can tell a repeat from a new request, and join the run's trace. */
function withIdentity(call: HttpCall, { attemptId, traceparent }: RuntimeContext, round: number): HttpCall {
  return {
    ...call,
    headers: {
      'Idempotency-Key': round === 0 ? attemptId : `${attemptId}-${round}`,
      ...(traceparent === undefined ? {} : { traceparent }),
      ...call.headers,
    },
  };
}

function failed(call: HttpCall, error: unknown): RuntimeResult {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RefusedTarget) return { outcome: 'FATAL_ERROR', message: reason };
  if (error instanceof TooLarge) return { outcome: 'USER_ERROR', message: `${call.method} ${call.url}: ${reason}` };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Node refuses malformed methods and headers before anything is sent: no retry helps.
  if (code.startsWith('ERR_INVALID') || code.startsWith('ERR_HTTP_INVALID') || code === 'ERR_UNESCAPED_CHARACTERS') {
    return { outcome: 'FATAL_ERROR', message: `The request cannot be made: ${reason}` };
  }
  return { outcome: 'PLATFORM_ERROR', message: `${call.method} ${call.url} failed: ${reason}` };
}
