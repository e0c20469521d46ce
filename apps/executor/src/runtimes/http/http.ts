import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { paramsOf } from '../params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { RefusedTarget, type HttpPolicy } from './check-target.js';
import { TooLarge } from './exchange.js';
import { follow } from './follow.js';
import { httpCallOf, type HttpCall } from './http-params.js';
import { httpResult } from './http-result.js';

/** http makes one HTTP request, within the policy of this executor. */
export function http(policy: HttpPolicy): Runtime {
  return { type: 'Http', takesSlot: true, start: (task, context) => start(policy, task, context) };
}

async function start(policy: HttpPolicy, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const call = httpCallOf(paramsOf(task));
  if (typeof call === 'string') return { outcome: 'FATAL_ERROR', message: call };
  try {
    return httpResult(call, await follow(policy, call.url, withIdentity(call, context), context.signal));
  } catch (error) {
    return context.signal.aborted ? { outcome: 'STOPPED' } : failed(call, error);
  }
}

/** The receiver can tell a repeat from a new request, and join the run's trace. */
function withIdentity(call: HttpCall, { attemptId, traceparent }: RuntimeContext): HttpCall {
  return {
    ...call,
    headers: {
      'Idempotency-Key': attemptId,
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
