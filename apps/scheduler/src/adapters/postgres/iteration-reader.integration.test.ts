import type { IterationAsk, IterationFilter, IterationsOf } from '../../ports/iteration-reader.js';
import { inlineId, writeIterations } from '../../testing/many-iterations.js';
import { storedRuns, type StoredRuns } from '../../testing/stored-runs.js';
import { postgresIterationReader } from './iteration-reader.js';

jest.setTimeout(120_000);

const MANY = 100_000;
/** Any page takes less than this part of what it takes to look at all of them, on any machine: alone, 25 ms against 550. */
const PAGE_PART = 1 / 4;
const PREFIX = 'maestro_foreach_1_11_';
const FLAT: IterationsOf = { outermost: `${PREFIX}flat`, inner: [], ordinal: 0 };
const OUTER = `${PREFIX}outer`;
const NESTED: IterationsOf = { outermost: OUTER, inner: [{ prefix: PREFIX, stepId: 'in"ner' }], ordinal: 0 };
const DEEP: IterationsOf = { ...NESTED, outermost: `${PREFIX}deep` };

let runs: StoredRuns;
let reader: ReturnType<typeof postgresIterationReader>;
/** Milliseconds that it takes to look at all iterations. */
let all: number;

beforeAll(async () => {
  runs = await storedRuns();
  reader = postgresIterationReader(runs.pool);
  const stepStatus = `case when n = 77777 then 'FATALLY_FAILED' when n % 1000 = 0 then 'SKIPPED' else 'SUCCEEDED' end`;
  await writeIterations(runs.pool, { workflowId: FLAT.outermost, count: MANY, stepStatus });
  await runs.pool.query(`update run set status = 'FAILED' where workflow_id = $1 and instance_id = 77777`, [
    FLAT.outermost,
  ]);
  await writeIterations(runs.pool, { workflowId: OUTER, count: 40 });
  for (let outer = 1; outer <= 40; outer += 1)
    await writeIterations(runs.pool, { workflowId: inlineId(PREFIX, 'in"ner', outer, OUTER), count: outer % 7 });
  await writeIterations(runs.pool, { workflowId: DEEP.outermost, count: 2 });
  await writeIterations(runs.pool, { workflowId: inlineId(PREFIX, 'in"ner', 2, DEEP.outermost), count: MANY });
  await runs.pool.query('vacuum analyze run, step');
  all = await fastest(() => reader.counts(FLAT));
});
afterAll(() => runs.stop());

const forward = (size: number, after?: readonly bigint[]): IterationAsk => ({ size, direction: 'forward', after });
const numbersOf = async (of: IterationsOf, filter: IterationFilter, ask: IterationAsk): Promise<string[]> =>
  (await reader.page(of, filter, ask)).items.map(({ place }) => place.join('.'));

/** The best of a few: others use the machine too. */
async function fastest(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return Math.min(...times.slice(6));
}

test('pages follow the numbers of the iterations, in both directions', async () => {
  expect(await numbersOf(FLAT, {}, forward(3))).toEqual(['1', '2', '3']);
  expect(await numbersOf(FLAT, {}, forward(3, [99_998n]))).toEqual(['99999', '100000']);
  const back = { size: 3, direction: 'backward' as const, after: [50_000n] };
  expect(await numbersOf(FLAT, {}, back)).toEqual(['49997', '49998', '49999']);
  expect((await reader.page(FLAT, {}, forward(3, [99_998n]))).next).toBeUndefined();
});

test('nested iterations are listed in the order of all loops, and none is lost or told twice from page to page', async () => {
  const expected = Array.from({ length: 40 }, (_, index) => index + 1).flatMap((outer) =>
    Array.from({ length: outer % 7 }, (_, inner) => `${outer}.${inner + 1}`),
  );
  const seen: string[] = [];
  let after: readonly bigint[] | undefined;
  do {
    const page = await reader.page(NESTED, {}, forward(7, after));
    seen.push(...page.items.map(({ place }) => place.join('.')));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(expected);
  const back = await numbersOf(NESTED, {}, { size: 4, direction: 'backward', after: [10n, 2n] });
  const at = expected.indexOf('10.2');
  expect(back).toEqual(expected.slice(at - 4, at));
});

test('what has failed is found at once among very many; other filters go on from page to page', async () => {
  expect(await numbersOf(FLAT, { statuses: ['FATALLY_FAILED'] }, forward(10))).toEqual(['77777']);
  const first = await reader.page(FLAT, { values: { n: ['4000', '1999'] } }, forward(10));
  expect(first.items.map(({ place }) => place)).toEqual([[1999n]]);
  expect(first.next).toEqual([2000n]);
  expect(await numbersOf(FLAT, { values: { n: ['4000'] } }, forward(10, [2_500n]))).toEqual(['4000']);
  expect(await numbersOf(FLAT, { statuses: ['SKIPPED'] }, forward(10))).toEqual(['1000', '2000']);
});

test('an iteration has the values of its loops and where it really is', async () => {
  const found = await reader.one(NESTED, [3n, 2n]);
  expect(found).toMatchObject({ place: [3n, 2n], instanceId: 2n, attempt: 1, status: 'SUCCEEDED' });
  expect(found?.params['n']?.evaluatedResult).toBe(2n);
  expect(found?.ancestors[0]).toMatchObject({ workflowId: 'w', stepId: 'loop' });
  expect(await reader.one(NESTED, [3n, 9n])).toBeUndefined();
});

test('counts are by status, with the first iteration of each', async () => {
  const counts = await reader.counts(FLAT);
  expect(new Map(counts.map(({ status, count, first }) => [status, [count, ...first]]))).toEqual(
    new Map([
      ['SUCCEEDED', [99_899n, 1n]],
      ['SKIPPED', [100n, 1000n]],
      ['FATALLY_FAILED', [1n, 77_777n]],
    ]),
  );
});

test('an iteration that a later run of the loop made again counts once, as that run left it', async () => {
  const again = { ...FLAT, outermost: `${PREFIX}again` };
  await writeIterations(runs.pool, {
    workflowId: again.outermost,
    count: 3,
    stepStatus: `'FATALLY_FAILED'`,
    status: 'FAILED',
  });
  await writeIterations(runs.pool, { workflowId: again.outermost, count: 1, from: 2, runId: 2 });
  const { items } = await reader.page(again, {}, forward(10));
  expect(items.map(({ runId, status }) => [runId, status])).toEqual([
    [1n, 'FATALLY_FAILED'],
    [2n, 'SUCCEEDED'],
    [1n, 'FATALLY_FAILED'],
  ]);
});

const PAGES: readonly (readonly [string, IterationsOf, IterationFilter, IterationAsk])[] = [
  ['the first page', FLAT, {}, forward(50)],
  ['the longest page in the middle', FLAT, {}, forward(200, [50_000n])],
  ['the last page', FLAT, {}, { size: 50, direction: 'backward' }],
  ['what failed', FLAT, { statuses: ['FATALLY_FAILED'] }, forward(50)],
  ['a status that few have', FLAT, { statuses: ['SKIPPED'] }, forward(50)],
  ['values that few have', FLAT, { values: { n: ['99999'] } }, forward(50)],
  ['whole iterations', { ...FLAT, ordinal: undefined }, {}, forward(50, [90_000n])],
  ['a long inner loop', DEEP, {}, forward(50, [2n, 90_000n])],
  ['a long inner loop, filtered', DEEP, { values: { n: ['99999'] } }, forward(50)],
];

test.each(PAGES)('%s of 100,000 iterations does not read them all', async (name, of, filter, ask) => {
  const time = await fastest(() => reader.page(of, filter, ask));
  if (process.env['SHOW_TIMES']) process.stdout.write(`${name}: ${time.toFixed(1)} ms\n`);
  expect(time).toBeLessThan(all * PAGE_PART);
});
