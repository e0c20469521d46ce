import { AsyncLocalStorage } from 'node:async_hooks';
import { contextWith } from '../runtimes/context-with.js';
import type { Runtime, RuntimeResult } from '../runtimes/runtime.js';

/** What of a broken runtime still runs has so long to stop. */
const STOP_MS = 15_000;

type Broke = (error: unknown) => void;

/**
 * Containment finds the attempt in whose course an error was thrown that nobody caught (in a timer, by an emitter, in a promise that nobody
 * awaits): that attempt fails, the others and the executor go on.
 */
export class Containment {
  private readonly attempts = new AsyncLocalStorage<Broke>();

  /** around is a runtime whose attempts are told apart. Instant ones are not worth it: they have no course. */
  around(runtime: Runtime): Runtime {
    if (!runtime.takesSlot) return runtime;
    const start: Runtime['start'] = (task, context) => {
      const aborter = new AbortController();
      const signal = AbortSignal.any([context.signal, aborter.signal]);
      return this.contained(runtime.type, aborter, () => runtime.start(task, contextWith(context, { signal })));
    };
    return Object.assign(Object.create(runtime) as Runtime, { start });
  }

  /** caught takes an error that nobody caught; false when it belongs to no attempt. Called in the context in which it was thrown. */
  caught(error: unknown): boolean {
    const broke = this.attempts.getStore();
    broke?.(error);
    return broke !== undefined;
  }

  private async contained(
    type: string,
    aborter: AbortController,
    start: () => Promise<RuntimeResult>,
  ): Promise<RuntimeResult> {
    let broke: Broke = () => undefined;
    const broken = new Promise<{ readonly error: unknown }>((resolve) => (broke = (error) => resolve({ error })));
    const result = this.attempts.run(broke, start);
    const first = await Promise.race([result, broken]);
    if (!('error' in first)) return first;
    aborter.abort('broken');
    await within(STOP_MS, result);
    const reason = first.error instanceof Error ? first.error.message : String(first.error);
    return { outcome: 'PLATFORM_ERROR', message: `the ${type} runtime broke: ${reason}` };
  }
}

async function within(limitMs: number, result: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([result.catch(() => undefined), late]);
  clearTimeout(timer);
}
