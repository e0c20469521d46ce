import { waitUntil } from '@maestro/testing';
import { wreak, type Recovery } from './testing/chaos.js';
import { allFaults } from './testing/faults.js';
import { expectNothingLeft } from './testing/invariants.js';
import { mostAtOnce, overlapsIn } from './testing/marks.js';
import { LIMITS } from './testing/mixed-graphs.js';
import { MixedLoad } from './testing/mixed-load.js';
import { System } from './testing/system.js';

/** `npm run chaos` does the long one: 5,000 runs. */
const RUNS = Number(process.env['MAESTRO_CHAOS_RUNS'] ?? 420);
const IS_LONG = RUNS > 1_000;
const PAUSE_MS = IS_LONG ? { least: 5_000, most: 10_000 } : { least: 2_000, most: 5_000 };
/** The long one is done on a machine that does nothing else; that of CI may have much to do. */
const RECOVERY_MS = IS_LONG ? 10_000 : 30_000;
const TIMEOUT_MS = 60_000 + RUNS * 500;

jest.setTimeout(TIMEOUT_MS);

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

test(`${RUNS} mixed runs come to exactly what they must, whatever dies meanwhile`, async () => {
  const load = new MixedLoad(system, RUNS);
  await load.prepare();
  const began = performance.now();
  let over = false;
  const starting = load.startAll().finally(() => (over = true));
  const [recoveries] = await Promise.all([
    wreak({ faults: allFaults(system), pauseMs: PAUSE_MS, ended: () => load.ended(), over: () => over }),
    starting,
  ]);
  await waitUntil(() => load.allEnded(), { timeoutMs: 60_000, describe: 'all runs end' });
  tell(recoveries, (performance.now() - began) / 1_000, await load.ended());

  const { found, expected } = await load.results();
  expect(found).toEqual(expected);
  expect(overlapsIn(load.marks)).toEqual([]);
  for (const [tag, limit] of Object.entries(LIMITS)) {
    expect(mostAtOnce(load.marks, tag)).toBeLessThanOrEqual(limit);
  }
  await expectNothingLeft(system);
  expect(recoveries.filter(({ millis }) => millis > RECOVERY_MS)).toEqual([]);
});

/** What people want to know of the long one. */
function tell(recoveries: readonly Recovery[], seconds: number, ended: number): void {
  if (!IS_LONG) return;
  const times = new Map<string, number[]>();
  for (const { fault, millis } of recoveries) times.set(fault, [...(times.get(fault) ?? []), millis / 1_000]);
  const lines = [...times].map(
    ([fault, all]) =>
      `  ${fault.padEnd(40)} ${String(all.length).padStart(3)} times, progress again after ${Math.max(...all).toFixed(1)} s at most`,
  );
  process.stdout.write(
    `${RUNS} runs started, ${ended} ended with those below them, in ${seconds.toFixed(0)} s, ${recoveries.length} faults:\n${lines.join('\n')}\n`,
  );
}
