import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptKey } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { Clock } from '../../ports/clock.js';
import type { OutputDataStore } from '../../ports/output-data-store.js';
import { contextWith } from '../../runtimes/context-with.js';
import { isLetGo, type Runtime, type RuntimeContext, type RuntimeResult } from '../../runtimes/runtime.js';
import { newToken } from './attempt-token.js';
import { resultWith } from './merge-output-data.js';

export interface OutputDataDeps {
  readonly store: OutputDataStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Where the code of steps reaches the REST API. */
  readonly apiUrl: string;
}

/** Step types whose work is code of the user, which may call the API. */
const WITH_CODE: ReadonlySet<string> = new Set(['Shell', 'Python', 'Notebook', 'Docker', 'Kubernetes']);
/** The data must not be lost because the database restarts just then. */
const END_TRIES = 30;
const RETRY_MS = 1_000;

/**
 * withOutputData is a runtime whose attempts get a token for the output-data API; what is put with it joins their result.
 * Without the database an attempt begins without a token rather than not at all.
 */
export function withOutputData(runtime: Runtime, deps: OutputDataDeps): Runtime {
  if (!WITH_CODE.has(runtime.type)) return runtime;
  const start = (task: Task, context: RuntimeContext) => startWithToken(runtime, deps, task, context);
  return Object.assign(Object.create(runtime) as Runtime, { start });
}

async function startWithToken(
  runtime: Runtime,
  { store, clock, apiUrl }: OutputDataDeps,
  task: Task,
  context: RuntimeContext,
): Promise<RuntimeResult> {
  const { token, hash } = newToken();
  const of: AttemptKey = { runKey: task.runKey, ordinal: task.ordinal, attempt: task.attempt };
  try {
    await store.openToken(of, hash, false, clock.now());
  } catch {
    context.log('system', 'the output-data API cannot be used by this attempt: the database is away\n');
    return runtime.start(task, context);
  }
  const result = await runtime.start(task, contextWith(context, { access: { url: apiUrl, token } }));
  if (result.outcome === 'PUT_BACK' || (result.outcome === 'STOPPED' && isLetGo(context.signal))) return result;
  return withData({ store, clock, apiUrl }, of, result);
}

async function withData(
  { store, clock }: OutputDataDeps,
  of: AttemptKey,
  result: RuntimeResult,
): Promise<RuntimeResult> {
  for (let tries = 1; ; tries += 1) {
    try {
      const data = await store.end(of, clock.now());
      if (data === undefined) return result;
      const settled = async (): Promise<void> => {
        // What is left behind is removed with old logs.
        await store.forget(of).catch(() => undefined);
        await result.settled?.();
      };
      return { ...resultWith(result, data), settled };
    } catch (error) {
      if (tries === END_TRIES) throw error;
      await delay(RETRY_MS);
    }
  }
}
