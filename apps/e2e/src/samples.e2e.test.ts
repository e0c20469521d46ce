import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFakeKubernetes, temporaryFolder, waitUntil, type FakeKubernetes } from '@maestro/testing';
import { writeProgram } from './testing/process-steps.js';
import type { RestAnswer } from './testing/rest-client.js';
import { System } from './testing/system.js';

const SAMPLES = join(__dirname, '..', 'fixtures', 'samples');

/** What becomes of a sample: the status of each step of its run. */
type Fate = Readonly<Record<string, string>>;

const succeeded = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`job.${index + 1}`, 'SUCCEEDED']));

const SUBWORKFLOW = Object.fromEntries([1, 2, 3, 4, 5, 6].map((job) => [`job${job}`, 'SUCCEEDED']));
const KUBERNETES = { start: 'SUCCEEDED', job1: 'SUCCEEDED', end: 'SUCCEEDED' };
const CONDITIONAL = { ...succeeded(7), 'job.4': 'UNSATISFIED', 'job.5': 'UNSATISFIED' };

const FATES: Readonly<Record<string, Fate>> = {
  'sample-conditional-wf.json': CONDITIONAL,
  'yaml/sample-conditional-wf.yaml': CONDITIONAL,
  'sample-dag-test-4.json': succeeded(7),
  'sample-dag-test-6.json': succeeded(8),
  'sample-dag-test-9.json': succeeded(9),
  'sample-time-trigger-wf.json': succeeded(6),
  'sample-dag-test-1.json': succeeded(6),
  'sample-dag-test-3.json': { job1: 'SUCCEEDED', 'job.2': 'SUCCEEDED', job3: 'SUCCEEDED', job4: 'SUCCEEDED' },
  'sample-dag-test-5.json': succeeded(7),
  'sample-foreach-wf.json': { 'foreach-job': 'SUCCEEDED' },
  'sample-large-foreach-wf.json': { job1: 'SUCCEEDED' },
  'sample-nested-foreach-subworkflow-wf.json': { 'foreach-step1': 'SUCCEEDED' },
  'sample-subworkflow-wf.json': SUBWORKFLOW,
  'sample-nested-subworkflow-wf.json': { 'sub-step1': 'SUCCEEDED' },
  'sample-while-wf.json': { 'while-job': 'SUCCEEDED' },
  // papermill and pip are stand-ins in its pod: the notebook itself is on GitHub.
  'sample-notebook-wf.json': succeeded(2),
  // Their pods run on a fake API server whose node plays them; "end" is reached only with the outputs of "job1".
  'sample-kubernetes-env-wf.json': KUBERNETES,
  'sample-kubernetes-output-wf.json': KUBERNETES,
  'sample-kubernetes-wf.json': succeeded(2),
};

/** Started by its signals, not by hand. */
const TRIGGERED = 'sample-signal-trigger-wf.json';

let system: System;
let kubernetes: FakeKubernetes;

beforeAll(async () => {
  const bin = temporaryFolder('e2e-samples');
  for (const name of ['papermill', 'python3']) writeProgram(bin, name, '#!/bin/sh\necho "$0 $*"\n');
  kubernetes = await startFakeKubernetes([bin, process.env['PATH']].join(delimiter));
  system = await System.start({ MAESTRO_EXECUTOR_KUBERNETES: kubernetes.kubeConfig });
}, 120_000);

afterAll(async () => {
  await system.stop();
  await kubernetes.stop();
}, 60_000);

/** The sample that sleeps does it for one second in place of fifteen; three other samples start it, too. */
const shortened = (text: string): string => text.replaceAll(/"value":\s*15\b/g, '"value": 1');

function push(file: string): Promise<RestAnswer> {
  const sample = readFileSync(join(SAMPLES, file), 'utf8');
  const body = file === 'sample-dag-test-3.json' ? shortened(sample) : sample;
  if (!file.endsWith('.yaml')) return system.rest.ask('POST', '/workflows', { body });
  return system.rest.ask('POST', '/workflows/yaml', { body, headers: { 'content-type': 'application/yaml' } });
}

async function pushedId(file: string): Promise<string> {
  const { status, body } = await push(file);
  expect(status).toBe(200);
  return (body['workflow_definition'] as { workflow: { id: string } }).workflow.id;
}

test('every sample is accounted for', () => {
  const json = readdirSync(SAMPLES).filter((name) => name.endsWith('.json'));
  const yaml = readdirSync(join(SAMPLES, 'yaml')).map((name) => `yaml/${name}`);
  expect([...Object.keys(FATES), TRIGGERED].sort()).toEqual([...json, ...yaml].sort());
});

const announce = (name: string, params: object): Promise<unknown> =>
  system.rest.succeed('POST', '/signals', { body: { name, params } });

/** The sample that waits for signals gets them once it runs: those of the day of its run. */
async function announceFor(id: string, instance: number): Promise<void> {
  const { params } = await system.runs.get(id, instance);
  const day = params?.['DERIVED_RUN_DATE_UTC']?.evaluated_result;
  await announce('prod_db/foo/bar', { vtts_utc_dateint: day });
  await announce('signal_b', { key2: 'value2' });
}

test.each(Object.entries(FATES))('%s is pushed, started and runs to its end', async (file, steps) => {
  const id = await pushedId(file);
  const { workflow_instance_id: instance } = await system.runs.start(id);
  if (file === 'sample-dag-test-5.json') await announceFor(id, instance);
  const run = await system.runs.ended(id, instance);
  expect(run.status).toBe('SUCCEEDED');
  expect(await system.runs.statuses(id, instance)).toEqual(steps);
});

test('params of the conditional sample are evaluated with exact types', async () => {
  const { workflow_instance_id: instance } = await system.runs.start(await pushedId('sample-conditional-wf.json'));
  await system.runs.ended('sample-conditional-wf', instance);
  const { params } = await system.runs.step('sample-conditional-wf', 'job.7', instance);
  expect(params?.['param5']).toMatchObject({ type: 'LONG', evaluated_result: 15 });
});

test('the signal trigger sample is started by its signals, waits for others, and announces its own', async () => {
  const id = await pushedId(TRIGGERED);
  await announce('signal_a', { foo: 'bat', watermark: 12346, updated_by: 'ann' });
  await announce('signal_b', { bar: 'baz', watermark: 22222, posted_by: 'ann' });
  const table = { vtts_utc_dateint: '99991231', vtts_utc_hour: '00' };
  await announce('db/test/table1', table);
  await announce('db/test/table2', table);
  const started = async (): Promise<boolean> =>
    (await system.rest.ask('GET', `/workflows/${id}/instances/1`)).status === 200;
  await waitUntil(started, { describe: 'the signals have started the sample' });
  expect((await system.runs.ended(id, 1)).status).toBe('SUCCEEDED');
  expect(await system.runs.statuses(id, 1)).toEqual(succeeded(6));
  const { params } = await system.runs.step(id, 'job.1', 1);
  expect(params?.['param1']?.evaluated_result).toBe('bar');
  expect(params?.['param2']?.evaluated_result).toBe(12346);
  expect(params?.['param3']?.evaluated_result).toBe('99991231');
  const output = await system.rest.ask('GET', '/signals/dummy%2Ftest%2Fsignal1/instances/1');
  expect(output.body).toMatchObject({ params: { key1: 'v1', key2: 1 }, source: { step_id: 'job.1' } });
});

test('the notebook sample calls papermill with its params', async () => {
  const id = await pushedId('sample-notebook-wf.json');
  const { workflow_instance_id: instance } = await system.runs.start(id);
  await system.runs.ended(id, instance);
  const { artifacts } = await system.runs.step(id, 'job.2', instance);
  expect(artifacts?.['maestro_notebook']).toMatchObject({ output_path: expect.stringContaining('.ipynb') as string });
  const log = await system.runs.log(id, 'job.2');
  expect(log).toContain('-m pip --no-cache-dir install notebook papermill\n');
  expect(log).toMatch(
    /papermill -y \{"script":.*\} --log-output --start_timeout 600 -- https:.*demo01\.ipynb maestro-output_/,
  );
});

test('the sample that sleeps evaluates dates on its way', async () => {
  const second = await system.runs.step(await pushedId('sample-dag-test-3.json'), 'job.2');
  expect(second.params?.['param1']).toMatchObject({ evaluated_result: '21' });
  expect(second.params?.['vtts_ts']).toHaveProperty('evaluated_result');
});
