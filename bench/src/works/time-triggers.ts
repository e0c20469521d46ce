import { setTimeout as delay } from 'node:timers/promises';
import type { Firing } from '../load/run-database.js';
import { chainOf, pushSeveral } from '../load/workflows.js';
import { percentile } from '../statistics.js';
import type { PreparedWork, Work, WorkContext } from './work.js';

const SECOND = 1_000;
const LOOK_MS = 100;

const STEADY = 20;
const STEADY_SECONDS = 20;
const STEADY_SAMPLES = 3;

/** firingLateness measures from the nominal times of triggers that fire each second until the runs that they start have ended. */
export const firingLateness: Work = {
  name: 'T1',
  figures: [
    { key: 'T1.p50', unit: 'ms', target: 20, better: 'less', title: 'due time to end of the run it starts, p50' },
    { key: 'T1.p99', unit: 'ms', target: 50, better: 'less', title: 'due time to end of the run it starts, p99' },
  ],
  samples: STEADY_SAMPLES,
  timeLimitMs: 180_000,
  settings: {},
  prepare: prepareLateness,
};

async function prepareLateness(context: WorkContext): Promise<PreparedWork> {
  // They end by themselves: what follows is not disturbed.
  const end = Date.now() + (STEADY_SAMPLES + 2) * (STEADY_SECONDS + 4) * SECOND;
  await pushSeveral(context.clients, STEADY, (suffix) =>
    triggered(`bench-t1${suffix}`, 'Echo', { cron: '* * * * * ?', end, count: 1 }),
  );
  const measure = async () => {
    const late = await steadily(context);
    return { values: { 'T1.p50': percentile(late, 0.5), 'T1.p99': percentile(late, 0.99) }, steps: late.length };
  };
  return { warmUp: async () => void (await measure()), sample: measure };
}

async function steadily({ clients, signal }: WorkContext): Promise<number[]> {
  const from = nextMultiple(SECOND, SECOND);
  const until = from + STEADY_SECONDS * SECOND;
  const after = await clients.database.lastRunKey();
  await delay(until + SECOND - Date.now(), undefined, { signal });
  const found = await clients.database.firings(after);
  const late = found.filter(({ nominal }) => nominal >= from && nominal < until).map(latenessOf);
  if (late.length !== STEADY * STEADY_SECONDS)
    throw new Error(`${late.length} runs instead of ${STEADY * STEADY_SECONDS} ended within a second of the last one`);
  return late;
}

const latenessOf = ({ nominal, end }: Firing): number => end - nominal;

const WORKFLOWS = 1_000;
const EACH = 10;
const TOGETHER = WORKFLOWS * EACH;
const EVERY_MS = 20 * SECOND;
const TOGETHER_SAMPLES = 3;
/** Pushing them, the warm-up, and the samples. */
const TOGETHER_MS = 240_000;

/** dueTogether measures how long it takes until 10,000 triggers of 1,000 workflows have started their runs that are due in the same second. */
export const dueTogether: Work = {
  name: 'T2',
  figures: [
    { key: 'T2', unit: 's', target: 5, better: 'less', title: '10,000 triggers due in one second, all started' },
  ],
  samples: TOGETHER_SAMPLES,
  timeLimitMs: TOGETHER_MS,
  settings: {},
  prepare: prepareTogether,
};

async function prepareTogether(context: WorkContext): Promise<PreparedWork> {
  const end = Date.now() + TOGETHER_MS;
  const make = (suffix: string) => triggered(`bench-t2${suffix}`, 'NoOp', { cron: '0/20 * * * * ?', end, count: EACH });
  await pushSeveral(context.clients, WORKFLOWS, make);
  await known(context, TOGETHER);
  const measure = async () => ({ values: { T2: await together(context) }, steps: TOGETHER });
  return { warmUp: async () => void (await measure()), sample: measure };
}

async function together({ clients, signal }: WorkContext): Promise<number> {
  const nominal = nextMultiple(EVERY_MS, 3 * SECOND);
  await delay(nominal - SECOND - Date.now(), undefined, { signal });
  const after = await clients.database.lastRunKey();
  await delay(nominal - Date.now(), undefined, { signal });
  while ((await clients.database.endedAfter(after)) < TOGETHER) await delay(LOOK_MS, undefined, { signal });
  const found = (await clients.database.firings(after)).filter((each) => each.nominal === nominal);
  if (found.length !== TOGETHER) throw new Error(`${found.length} runs were started instead of ${TOGETHER}`);
  return Math.max(...found.map(latenessOf)) / SECOND;
}

interface Triggers {
  readonly cron: string;
  readonly end: number;
  readonly count: number;
}

function triggered(id: string, type: string, { cron, end, count }: Triggers) {
  const trigger = { type: 'CRON', cron, end_date: new Date(end).toISOString() };
  const time_triggers = Array.from({ length: count }, () => trigger);
  const { properties, workflow } = chainOf(id, 1, type);
  return { properties, workflow: { ...workflow, time_triggers } };
}

/** known resolves when the scheduler has heard of so many triggers, and knows when each is due. */
export async function known({ clients, signal }: WorkContext, count: number): Promise<void> {
  for (;;) {
    const { all, due } = await clients.database.triggerCounts();
    if (all >= count && due === 0) return;
    await delay(LOOK_MS, undefined, { signal });
  }
}

/** The next moment that is a multiple of a period and at least so far away. */
function nextMultiple(periodMs: number, leastMs: number): number {
  return Math.ceil((Date.now() + leastMs) / periodMs) * periodMs;
}
