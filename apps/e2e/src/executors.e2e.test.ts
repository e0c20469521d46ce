import { waitUntil } from '@maestro/testing';
import { maestroCli } from './testing/cli.js';
import { startExtraExecutor, type ExtraExecutor } from './testing/extra-executor.js';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;
let cli: ReturnType<typeof maestroCli>;
const executors: ExtraExecutor[] = [];

beforeAll(async () => {
  system = await System.start({ MAESTRO_EXECUTOR_SLOTS: '8', MAESTRO_EXECUTOR_TYPE_SLOTS: 'Shell=4' });
  cli = maestroCli(system.restUrl);
}, 120_000);

afterAll(async () => {
  await Promise.all(executors.map((each) => each.kill()));
  await system.stop();
}, 60_000);

async function executor(settings: Record<string, string>): Promise<void> {
  executors.push(await startExtraExecutor(system, settings));
}

const labels = (...names: string[]): unknown => ({ executor_labels: { type: 'STRING_ARRAY', value: names } });
const ranOn = async (id: string): Promise<string> =>
  /executor (\S+)/.exec(await system.runs.log(id, 'a'))?.[1] ?? 'unknown';
/** It lasts long enough to be claimed, so that its log says where it runs. */
const lasting = (id: string, params: unknown): unknown => shell(id, 'sleep 2.3', { params: params as object });

test('a step waits for an executor with its labels, explain says for which, and it runs there when one comes', async () => {
  await system.runs.pushSteps('labelled', [lasting('a', labels('gpu', 'eu'))]);
  await system.runs.start('labelled');
  const explained = async (): Promise<string> => (await cli('explain', 'labelled/1')).stdout;
  await waitUntil(async () => (await explained()).includes('No pool has executors with labels [eu, gpu]'), {
    describe: 'the reason',
  });
  await executor({ MAESTRO_EXECUTOR_ID: 'plain-1', MAESTRO_EXECUTOR_POOL: 'plain', MAESTRO_EXECUTOR_LABELS: 'eu' });
  await executor({ MAESTRO_EXECUTOR_ID: 'gpu-1', MAESTRO_EXECUTOR_POOL: 'gpu', MAESTRO_EXECUTOR_LABELS: 'gpu,eu,big' });
  expect((await system.runs.ended('labelled')).status).toBe('SUCCEEDED');
  expect(await ranOn('labelled')).toBe('gpu-1');
}, 60_000);

test('a run chooses a pool by name for all of its steps and their iterations, a step for itself', async () => {
  const pool = { executor_pool: text('plain') };
  const params = { loop_params: { value: { n: { value: [1], type: 'LONG_ARRAY' } }, type: 'MAP' } };
  const each = { foreach: { id: 'each', params, steps: [lasting('inner', {})] } };
  await system.runs.pushSteps('pooled', [lasting('a', {}), lasting('b', { executor_pool: text('gpu') }), each], {
    params: pool,
  });
  expect((await system.runs.finish('pooled')).status).toBe('SUCCEEDED');
  expect(await ranOn('pooled')).toBe('plain-1');
  expect(await system.runs.log('pooled', 'b')).toContain('executor gpu-1');
  const { artifacts } = await system.runs.step('pooled', 'each');
  const { foreach_workflow_id: iterations } = artifacts?.['maestro_foreach'] as { foreach_workflow_id: string };
  expect(await system.runs.log(iterations, 'inner')).toContain('executor plain-1');
}, 60_000);

test('a choice that is no text is refused at push', async () => {
  const params = { executor_pool: { type: 'LONG', value: 1 } };
  const refused = await system.rest.ask('POST', '/workflows', {
    body: { properties: { owner: 'ada' }, workflow: { id: 'odd', steps: [step('a', 'Echo', { params })] } },
  });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('must be a STRING, not a LONG');
});

test('a pool that serves other tenants fails the step for good, and says so', async () => {
  await executor({ MAESTRO_EXECUTOR_POOL: 'ads', MAESTRO_EXECUTOR_TENANTS: 'ads' });
  await system.runs.pushSteps('foreign', [step('a', 'Echo', { params: { executor_pool: text('ads') } })]);
  expect((await system.runs.finish('foreign')).status).toBe('FAILED');
  const view = await system.runs.step('foreign', 'a');
  expect(view.runtime_state.status).toBe('FATALLY_FAILED');
  expect(JSON.stringify(view.timeline)).toContain('do not run steps of tenant \\"default\\"');
});

test('seventy steps of one type that hang hold up neither other types nor other tenants', async () => {
  const gate = new Gate(system, 'hung');
  const hung = Array.from({ length: 70 }, (_, index) => gate.step(`s${String(index)}`));
  await system.runs.pushSteps('hung', hung);
  await system.runs.start('hung');
  await waitUntil(
    async () => Object.values(await system.runs.statuses('hung')).filter((each) => each === 'RUNNING').length === 4,
    {
      describe: 'four that run',
    },
  );
  const brisk = Array.from({ length: 100 }, (_, index) => step(`s${String(index)}`, 'Echo'));
  await system.runs.pushSteps('brisk', brisk);
  const begun = performance.now();
  expect((await system.runs.finish('brisk')).status).toBe('SUCCEEDED');
  expect(performance.now() - begun).toBeLessThan(10_000);
  gate.open();
  expect((await system.runs.ended('hung', 1, 60_000)).status).toBe('SUCCEEDED');
}, 90_000);

test('nothing is left behind', () => expectNothingLeft(system));
