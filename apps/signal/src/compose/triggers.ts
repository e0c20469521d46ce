import { setTimeout as pause } from 'node:timers/promises';
import { EvaluationPool, inPlaceFirst } from '@maestro/evaluation';
import { DEFINITION_CHANGED } from '@maestro/messaging';
import { createCompiler } from '@maestro/sel';
import { RepeatedLoop, type Closers, type CallerBase } from '@maestro/service';
import { grpcWorkflowStarter } from '../adapters/grpc/workflow-starter.js';
import { postgresFiredTriggers, postgresTriggers } from '../adapters/postgres/triggers.js';
import { readDefinitionChanges } from '../consumers/definition-changes.js';
import { FIRED_BATCH, startFired } from '../usecases/start-fired.js';

/** The feed is read at start, on a hint, on reconnect and this often: the feed is the truth, hints only make it prompt. */
const FEED_MS = 30_000;
/** What another replica left behind, and what is tried again, is found this often. */
const FIRED_MS = 1_000;
/** An announcement waits at most so long for what was pushed before it: what it misses is looked at when that is heard of. */
const CATCH_UP_MS = 1_000;
const CACHED_EXPRESSIONS = 10_000;

/** TriggerLoops follow definitions and start what fires. */
export interface TriggerLoops {
  /** Something fired. */
  fired(): void;
  /** Resolves when all definitions are known that were pushed before; soon at any rate, as when the definition service is away. */
  caughtUp(): Promise<void>;
}

/** startTriggers: `workerScript` is that of the threads that evaluate what takes longer. */
export function startTriggers(base: CallerBase, workerScript: string, closers: Closers): TriggerLoops {
  const { definition, scheduler, messaging, pool, clock, telemetry } = base;
  const { logger } = telemetry;
  const threads = new EvaluationPool({ script: workerScript });
  closers.add(() => threads.close());
  const deps = {
    fired: postgresFiredTriggers({ pool, clock }),
    starter: grpcWorkflowStarter(scheduler),
    evaluator: inPlaceFirst(threads, createCompiler({ cacheSize: CACHED_EXPRESSIONS })),
    now: () => clock.now(),
  };
  const starting = new RepeatedLoop({
    everyMs: FIRED_MS,
    round: async () => (await startFired(deps)) === FIRED_BATCH,
    onError: (err) => logger.warn({ err }, 'what fired cannot be started now; it is tried again'),
  });
  const triggers = postgresTriggers({ pool, clock });
  const following = new RepeatedLoop({
    everyMs: FEED_MS,
    round: async () => {
      if ((await readDefinitionChanges(triggers, definition)) > 0) starting.nudge();
      return false;
    },
    onError: (err) => logger.warn({ err }, 'definition changes cannot be read now; they are read again'),
  });
  const listening = messaging.listen(DEFINITION_CHANGED, () => following.nudge());
  const forget = messaging.onReconnect(() => following.nudge());
  following.nudge();
  closers.add(async () => {
    forget();
    await listening.stop();
    await Promise.all([following.stop(), starting.stop()]);
  });
  return {
    fired: () => starting.nudge(),
    caughtUp: () => Promise.race([following.afterRound(), pause(CATCH_UP_MS, undefined, { ref: false })]),
  };
}
