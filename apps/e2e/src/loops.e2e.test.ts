import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@maestro/testing';
import { expectNothingLeft } from './testing/invariants.js';
import { shell, step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(60_000);

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

const longs = (...value: number[]): unknown => ({ value, type: 'LONG_ARRAY' });
const long = (value: number): unknown => ({ value, type: 'LONG' });
const expression = (text: string, type = 'LONG'): unknown => ({ expression: text, type });

function foreach(id: string, loop: Record<string, unknown>, steps: readonly unknown[], more: object = {}): unknown {
  const { params, ...rest } = more as { params?: object };
  return { foreach: { id, params: { ...params, loop_params: { value: loop, type: 'MAP' } }, steps, ...rest } };
}

interface Loop {
  readonly foreach_workflow_id: string;
  readonly total_loop_count: number;
  readonly foreach_overview: { readonly stats: Record<string, number>; readonly rollup: unknown };
}

async function loopOf(id: string, stepId: string): Promise<Loop> {
  const { artifacts } = await system.runs.step(id, stepId);
  return artifacts?.['maestro_foreach'] as Loop;
}

/** Each line that iterations wrote into a file of the data folder. */
const appending = (file: string, line: string): string => `echo ${line} >> ${system.dataDir}/${file}`;

test('a foreach goes over the product of its params, the first fastest; iterations see the params around them', async () => {
  const steps = [step('work', 'Echo', { params: { text: text('${region}-${n}-${t}-${loop_index}') } })];
  const loop = { n: longs(1, 2, 3), t: { value: ['a', 'b'], type: 'STRING_ARRAY' } };
  await system.runs.pushSteps('product', [foreach('each', loop, steps, { concurrency: 2 })], {
    params: { region: text('eu') },
  });
  expect((await system.runs.finish('product')).status).toBe('SUCCEEDED');
  const { foreach_workflow_id: inline, total_loop_count, foreach_overview } = await loopOf('product', 'each');
  expect(total_loop_count).toBe(6);
  expect(foreach_overview.stats).toEqual({ SUCCEEDED: 6 });
  const texts: unknown[] = [];
  for (let iteration = 1; iteration <= 6; iteration += 1) {
    texts.push((await system.runs.step(inline, 'work', iteration)).params?.['text']?.evaluated_result);
  }
  expect(texts).toEqual(['eu-1-a-0', 'eu-2-a-1', 'eu-3-a-2', 'eu-1-b-3', 'eu-2-b-4', 'eu-3-b-5']);
  expect((await system.runs.get(inline, 4)).params?.['region']).toMatchObject({ evaluated_result: 'eu' });
});

test('loops inside loops, and a while that feeds its variables back', async () => {
  const inner = foreach('inner', { b: longs(10, 20) }, [step('sum', 'NoOp', { params: { sum: expression('a + b') } })]);
  const counting = {
    while: {
      id: 'count',
      condition: 'i < 5',
      params: { loop_params: { value: { i: long(0) }, type: 'MAP' } },
      steps: [step('increment', 'Echo', { params: { i: expression('i + 2') } })],
    },
  };
  await system.runs.pushSteps('nested', [foreach('outer', { a: longs(1, 2, 3) }, [inner]), counting]);
  expect((await system.runs.finish('nested')).status).toBe('SUCCEEDED');
  expect((await loopOf('nested', 'outer')).foreach_overview.rollup).toMatchObject({ total_leaf_count: 6 });
  const { params } = await system.runs.step('nested', 'count');
  expect(params?.['i']).toMatchObject({ evaluated_result: 6 });
  expect(params?.['loop_index']).toMatchObject({ evaluated_result: 3 });
});

test('a subworkflow gets the params of its parent and ends the step as it ends', async () => {
  await system.runs.pushSteps('below', [step('double', 'NoOp', { params: { y: expression('x * 2') } })], {
    params: { x: long(1) },
  });
  const sub = (id: string, params: object): unknown => ({ subworkflow: { id, params } });
  await system.runs.pushSteps('above', [
    sub('known', { subworkflow_id: text('below'), x: long(21) }),
    sub('unknown', { subworkflow_id: text('nowhere') }),
  ]);
  const { workflow_instance_id: instance } = await system.runs.start('above');
  expect((await system.runs.ended('above', instance)).status).toBe('FAILED');
  expect(await system.runs.statuses('above', instance)).toEqual({ known: 'SUCCEEDED', unknown: 'FATALLY_FAILED' });
  expect((await system.runs.step('below', 'double')).params?.['y']).toMatchObject({ evaluated_result: 42 });
  const { timeline } = await system.runs.step('above', 'unknown', instance);
  expect(JSON.stringify(timeline)).toContain('nowhere');
});

test('a failed iteration fails its loop after those under way; further ones never start', async () => {
  const steps = [shell('work', 'test "$MAESTRO_PARAM_N" != 2', { params: { n: text('${n}') } })];
  await system.runs.pushSteps('fails', [foreach('each', { n: longs(1, 2, 3, 4) }, steps, { concurrency: 1 })]);
  expect((await system.runs.finish('fails')).status).toBe('FAILED');
  expect((await loopOf('fails', 'each')).foreach_overview.stats).toEqual({ SUCCEEDED: 1, FAILED: 1 });
});

test('a stop reaches iterations and subworkflows three levels down', async () => {
  const sleeping = foreach('inner', { b: longs(1, 2) }, [shell('sleep', 'sleep 60')]);
  await system.runs.pushSteps('deep', [sleeping]);
  const middle = { subworkflow: { id: 'sub', params: { subworkflow_id: text('deep') } } };
  await system.runs.pushSteps('stopped', [foreach('outer', { a: longs(1, 2) }, [middle])]);
  const { workflow_instance_id: instance } = await system.runs.start('stopped');
  await waitUntil(async () => (await runsBelow()) >= 7, { timeoutMs: 20_000, describe: 'all levels run' });
  await system.rest.succeed('PUT', `/workflows/stopped/instances/${instance}/actions/stop`);
  expect((await system.runs.ended('stopped', instance)).status).toBe('STOPPED');
  expect(await openRuns()).toBe(0);
  await expectNothingLeft(system);
});

async function runsBelow(): Promise<number> {
  const [row] = await system.sql<{ n: number }>(
    "select count(*)::int as n from scheduler.run where end_time is null and status = 'IN_PROGRESS'",
  );
  return row?.n ?? 0;
}

async function openRuns(): Promise<number> {
  const [row] = await system.sql<{ n: number }>('select count(*)::int as n from scheduler.run where end_time is null');
  return row?.n ?? 0;
}

test('kill -9 of the scheduler, again and again, in the middle of loops: every iteration runs once', async () => {
  const steps = [
    shell('mark', appending('marks', '$MAESTRO_PARAM_N'), { params: { n: text('${n}') }, ...then('echo') }),
    step('echo', 'Echo'),
  ];
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  await system.runs.pushSteps('crashes', [foreach('each', { n: longs(...numbers) }, steps, { concurrency: 4 })]);
  const { workflow_instance_id: instance } = await system.runs.start('crashes');
  for (let kill = 0; kill < 3; kill += 1) {
    const before = await endedIterations();
    await waitUntil(async () => (await endedIterations()) >= before + 8, { timeoutMs: 30_000, describe: 'it goes on' });
    system.kill('scheduler');
  }
  const run = await system.runs.ended('crashes', instance, 60_000);
  expect(run.status).toBe('SUCCEEDED');
  expect((await loopOf('crashes', 'each')).foreach_overview.stats).toEqual({ SUCCEEDED: 60 });
  const marks = readFileSync(join(system.dataDir, 'marks'), 'utf8').trim().split('\n').map(Number);
  expect(marks.sort((left, right) => left - right)).toEqual(numbers);
  expect(await openRuns()).toBe(0);
  await expectNothingLeft(system);
});

async function endedIterations(): Promise<number> {
  const [row] = await system.sql<{ n: number }>(
    'select count(*)::int as n from scheduler.run where end_time is not null and body is not null',
  );
  return row?.n ?? 0;
}
