import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFakeKubernetes, temporaryFolder, type FakeKubernetes } from '@maestro/testing';
import { writeProgram } from './testing/process-steps.js';
import type { RestAnswer } from './testing/rest-client.js';
import { System } from './testing/system.js';

const SAMPLES = join(__dirname, '..', 'fixtures', 'samples');

/** The later issues that samples wait for. */
type Later = 'signals, triggers';

/** What becomes of a sample: the status of each step of its run, or what it waits for. */
type Fate = { readonly runs: Readonly<Record<string, string>> } | { readonly waitsFor: readonly Later[] };

const succeeded = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`job.${index + 1}`, 'SUCCEEDED']));

const SUBWORKFLOW = Object.fromEntries([1, 2, 3, 4, 5, 6].map((job) => [`job${job}`, 'SUCCEEDED']));
const KUBERNETES = { start: 'SUCCEEDED', job1: 'SUCCEEDED', end: 'SUCCEEDED' };
const CONDITIONAL = { ...succeeded(7), 'job.4': 'UNSATISFIED', 'job.5': 'UNSATISFIED' };

const FATES: Readonly<Record<string, Fate>> = {
  'sample-conditional-wf.json': { runs: CONDITIONAL },
  'yaml/sample-conditional-wf.yaml': { runs: CONDITIONAL },
  'sample-dag-test-4.json': { runs: succeeded(7) },
  'sample-dag-test-6.json': { runs: succeeded(8) },
  'sample-dag-test-9.json': { runs: succeeded(9) },
  // Its steps need nothing later; that a time trigger starts it by itself comes with `signals, triggers`.
  'sample-time-trigger-wf.json': { runs: succeeded(6) },
  'sample-dag-test-1.json': { runs: succeeded(6) },
  'sample-dag-test-3.json': { runs: { job1: 'SUCCEEDED', 'job.2': 'SUCCEEDED', job3: 'SUCCEEDED', job4: 'SUCCEEDED' } },
  'sample-dag-test-5.json': { runs: succeeded(7) },
  'sample-foreach-wf.json': { runs: { 'foreach-job': 'SUCCEEDED' } },
  'sample-large-foreach-wf.json': { runs: { job1: 'SUCCEEDED' } },
  'sample-nested-foreach-subworkflow-wf.json': { runs: { 'foreach-step1': 'SUCCEEDED' } },
  'sample-subworkflow-wf.json': { runs: SUBWORKFLOW },
  'sample-nested-subworkflow-wf.json': { runs: { 'sub-step1': 'SUCCEEDED' } },
  'sample-while-wf.json': { runs: { 'while-job': 'SUCCEEDED' } },
  // papermill and pip are stand-ins in its pod: the notebook itself is on GitHub.
  'sample-notebook-wf.json': { runs: succeeded(2) },
  'sample-signal-trigger-wf.json': { waitsFor: ['signals, triggers'] },
  // Their pods run on a fake API server whose node plays them; "end" is reached only with the outputs of "job1".
  'sample-kubernetes-env-wf.json': { runs: KUBERNETES },
  'sample-kubernetes-output-wf.json': { runs: KUBERNETES },
  'sample-kubernetes-wf.json': { runs: succeeded(2) },
};

const RUNNING = Object.entries(FATES).flatMap(([file, fate]) => ('runs' in fate ? [[file, fate.runs] as const] : []));
const WAITING = Object.entries(FATES).flatMap(([file, fate]) =>
  'waitsFor' in fate ? [[file, fate.waitsFor.join(' and ')] as const] : [],
);

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
  expect(Object.keys(FATES).sort()).toEqual([...json, ...yaml].sort());
});

test.each(RUNNING)('%s is pushed, started and runs to its end', async (file, steps) => {
  const id = await pushedId(file);
  const { workflow_instance_id: instance } = await system.runs.start(id);
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

/** The run meets what is not there yet, and says so. */
async function saysWhatIsMissing(id: string): Promise<void> {
  const run = await system.runs.ended(id);
  expect(run.status).toBe('FAILED');
  const failed = (await system.runs.steps(id)).filter((step) => step.runtime_state.status === 'FATALLY_FAILED');
  expect(failed).not.toEqual([]);
  for (const step of failed) expect(JSON.stringify(step.timeline)).toMatch(/cannot run yet|cannot be answered here/);
}

test.each(WAITING)('%s is pushed and read back; to run it waits for: %s', async (file) => {
  const id = await pushedId(file);
  const read = await system.rest.ask('GET', `/workflows/${id}/versions/latest`);
  expect(read.status).toBe(200);
  const start = `/workflows/${id}/versions/active/actions/start`;
  const answer = await system.rest.ask('POST', start, { body: { initiator: { type: 'manual' } } });
  expect(answer.status).toBe(200);
  await saysWhatIsMissing(id);
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
