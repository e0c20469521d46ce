import { setTimeout as delay } from 'node:timers/promises';
import { chainOf, pushSeveral } from '../load/workflows.js';
import { cpuBetween, readCpu } from '../machine/cpu-account.js';
import { known } from './time-triggers.js';
import type { PreparedWork, Work, WorkContext } from './work.js';

const WORKFLOWS = 1_000;
const TRIGGERS_EACH = 100;
const WINDOW_MS = 20_000;
/** The start of the services is over by then, and Postgres has looked after new rows. */
const SETTLE_MS = 70_000;

/** idleTriggers measures what 100,000 triggers cost that are not due: all services and Postgres, beside what they cost without. */
export const idleTriggers: Work = {
  name: 'T3',
  figures: [
    { key: 'T3', unit: '% of a core', target: 1, better: 'less', title: '100,000 time triggers that are not due' },
  ],
  samples: 5,
  timeLimitMs: 600_000,
  // A Maestro of its own: Postgres would still be tidying up after other works.
  settings: { MAESTRO_BENCH_WORK: 'T3' },
  prepare: prepareIdle,
};

async function prepareIdle(context: WorkContext): Promise<PreparedWork> {
  const settle = (): Promise<void> => delay(SETTLE_MS, undefined, { signal: context.signal });
  await settle();
  const without = [];
  for (let window = 0; window < 3; window += 1) without.push(await idleShare(context));
  const base = without.sort((left, right) => left - right)[1] ?? 0;
  context.log(`T3: without triggers ${base.toFixed(2)} % of a core`);
  await pushSeveral(context.clients, WORKFLOWS, (suffix) => yearly(`bench-t3${suffix}`));
  await known(context, WORKFLOWS * TRIGGERS_EACH);
  return {
    warmUp: settle,
    sample: async () => ({ values: { T3: (await idleShare(context)) - base }, steps: WORKFLOWS * TRIGGERS_EACH }),
  };
}

/** What everything but this process uses while nothing happens, in percents of a core. */
async function idleShare({ maestro, signal }: WorkContext): Promise<number> {
  const before = readCpu(maestro.run.pid, maestro.services());
  const started = performance.now();
  await delay(WINDOW_MS, undefined, { signal });
  const { byPart } = cpuBetween(before, readCpu(maestro.run.pid, maestro.services()));
  const seconds = Object.entries(byPart).reduce((sum, [part, used]) => (part === 'load' ? sum : sum + used), 0);
  return (seconds * 100_000) / (performance.now() - started);
}

/** Each at another minute of the year. */
function yearly(id: string) {
  const time_triggers = Array.from({ length: TRIGGERS_EACH }, (_, index) => ({
    type: 'CRON',
    cron: `${index % 60} ${index % 24} ${(index % 28) + 1} ${farMonth()} *`,
  }));
  const { properties, workflow } = chainOf(id, 1, 'NoOp');
  return { properties, workflow: { ...workflow, time_triggers } };
}

/** Half a year away. */
function farMonth(): number {
  return ((new Date().getUTCMonth() + 6) % 12) + 1;
}
