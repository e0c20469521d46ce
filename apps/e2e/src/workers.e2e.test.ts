import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { connectMessaging, taskSubject } from '@maestro/messaging';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { silentLogger } from '@maestro/telemetry';
import { repositoryRoot, waitUntil } from '@maestro/testing';
import { worker, type StepContext, type Worker, type WorkerOptions } from '@maestro/worker';
import { maestroCli } from './testing/cli.js';
import { expectNothingLeft } from './testing/invariants.js';
import { step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';
import { WorkerProcess } from './testing/worker-process.js';

const EXAMPLE = 'examples/worker-typescript';
const ONCE = { retry_policy: { error_retry_limit: 0 } };
const SOON = {
  retry_policy: { platform_retry_limit: 3, backoff: { type: 'FIXED_BACKOFF', platform_retry_backoff_in_secs: 1 } },
};

let system: System;
let cli: ReturnType<typeof maestroCli>;
const processes: WorkerProcess[] = [];
const workers: Worker[] = [];

beforeAll(async () => {
  system = await System.start();
  cli = maestroCli(system.restUrl);
}, 120_000);

afterAll(async () => {
  for (const each of processes) each.kill();
  for (const each of workers) each.kill();
  await system.stop();
}, 60_000);

const address = (): string => system.running().services['executor']?.grpc ?? '';

async function example(): Promise<WorkerProcess> {
  const it = WorkerProcess.typescript(`${EXAMPLE}/worker.ts`, address());
  processes.push(it);
  await it.connected();
  return it;
}

async function connect(types: WorkerOptions['types']): Promise<Worker> {
  const it = worker({ address: address(), types, signals: false, say: () => undefined });
  workers.push(it);
  await it.connected;
  return it;
}

/** A step type that lasts until a test ends it; whoever was started, in order. */
function lasting() {
  const started: StepContext[] = [];
  const ends: (() => void)[] = [];
  const run = (context: StepContext): Promise<{ attempt: number }> =>
    new Promise((resolve, reject) => {
      started.push(context);
      ends.push(() => resolve({ attempt: context.attempt }));
      context.signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  return {
    started,
    ends,
    type: { run, params: { attempt: { type: 'LONG', value: 0, internal_mode: 'OPTIONAL' } } } as const,
  };
}

test('a step of a type that nobody registered is refused at push, with its place and near names', async () => {
  const file = join(repositoryRoot(), EXAMPLE, 'workflow.yaml');
  const refused = await cli('validate', file);
  expect(refused.code).toBe(1);
  expect(refused.stdout + refused.stderr).toMatch(/workflow\.yaml:\d+:\d+.*"count-words" is not a step type/s);
  const near = await system.rest.ask('POST', '/workflows', {
    body: { properties: { owner: 'ada' }, workflow: { id: 'near', steps: [step('a', 'Slep')] } },
  });
  expect(near.status).toBe(400);
  expect(JSON.stringify(near.body)).toContain('did you mean \\"Sleep\\"?');
});

test('the example runs: pushed and started by the command line, with outputs, defaults and a log', async () => {
  await example();
  const file = join(repositoryRoot(), EXAMPLE, 'workflow.yaml');
  expect((await cli('validate', file)).code).toBe(0);
  expect((await cli('push', file)).code).toBe(0);
  expect((await cli('start', 'count-words', '--watch')).code).toBe(0);
  expect(await system.runs.statuses('count-words')).toEqual({ all: 'SUCCEEDED', long: 'SUCCEEDED' });
  const outputs = async (id: string): Promise<unknown> => (await system.runs.step('count-words', id)).params;
  expect(await outputs('all')).toMatchObject({ words: { evaluated_result: 6 }, shortest: { evaluated_result: 1 } });
  expect(await outputs('long')).toMatchObject({ words: { evaluated_result: 1 } });
  expect(await system.runs.log('count-words', 'all')).toBe('counted 6 words\n');
  const pushed = await system.rest.succeed('GET', '/workflows/count-words/versions/active');
  expect(JSON.stringify(pushed)).toContain('"count-words@1"');
}, 60_000);

test('params are held against what the type declares', async () => {
  const asked = (params: Record<string, unknown>) =>
    system.rest.ask('POST', '/workflows', {
      body: { properties: { owner: 'ada' }, workflow: { id: 'bad', steps: [step('a', 'count-words', { params })] } },
    });
  const missing = await asked({});
  expect(missing.status).toBe(400);
  expect(JSON.stringify(missing.body)).toContain('params.text');
  expect(JSON.stringify(missing.body)).toContain('is required: give a STRING');
  const wrong = await asked({ text: { type: 'MAP', value: {} } });
  expect(JSON.stringify(wrong.body)).toContain('is a MAP, but this step type takes a STRING');
});

test('an error of the step fails it as its own fault, and says why', async () => {
  await system.runs.pushSteps('words-error', [step('a', 'count-words', { ...ONCE, params: { text: text(' ') } })]);
  expect((await system.runs.finish('words-error')).status).toBe('FAILED');
  const view = await system.runs.step('words-error', 'a');
  expect(view.runtime_state.status).toBe('FATALLY_FAILED');
  expect(JSON.stringify(view.timeline)).toContain('there is no text to count');
});

test('a step that takes too long is stopped at the worker, and times out', async () => {
  const { started, type } = lasting();
  await connect({ late: type });
  const retry_policy = { error_retry_limit: 0, timeout_retry_limit: 0 };
  await system.runs.pushSteps('late', [step('a', 'late', { timeout: '1 second', retry_policy })]);
  expect((await system.runs.finish('late')).status).toBe('TIMED_OUT');
  expect(started[0]?.signal.aborted).toBe(true);
});

test('stopping a run reaches the worker', async () => {
  const { started, type } = lasting();
  await connect({ stoppable: type });
  await system.runs.pushSteps('stoppable', [step('a', 'stoppable')]);
  await system.runs.start('stoppable');
  await waitUntil(() => started.length > 0, { describe: 'the start' });
  expect((await cli('stop', 'stoppable/1')).code).toBe(0);
  expect((await system.runs.ended('stoppable')).status).toBe('STOPPED');
  expect(started[0]?.signal.aborted).toBe(true);
});

test('without a worker a step waits and explain says for whom; it runs when one comes', async () => {
  const { ends, type } = lasting();
  const gone = await connect({ scarce: type });
  await system.runs.pushSteps('scarce', [step('a', 'scarce')]);
  await gone.drain();
  await system.runs.start('scarce');
  const explained = async (): Promise<string> => (await cli('explain', 'scarce/1')).stdout;
  await waitUntil(async () => (await explained()).includes('takes steps of type scarce@1'), { describe: 'the reason' });
  await connect({ scarce: type });
  await waitUntil(() => ends.length > 0, { describe: 'the start', timeoutMs: 20_000 });
  ends[0]?.();
  expect((await system.runs.ended('scarce')).status).toBe('SUCCEEDED');
}, 60_000);

test('a worker that is killed loses its steps to others, as a platform failure', async () => {
  const { started, ends, type } = lasting();
  const doomed = await connect({ killed: type });
  await system.runs.pushSteps('killed', [step('a', 'killed', { ...SOON, ...then('b') }), step('b', 'NoOp')]);
  await system.runs.start('killed');
  await waitUntil(() => started.length === 1, { describe: 'the start' });
  doomed.kill();
  await connect({ killed: type });
  await waitUntil(() => started.length === 2, { describe: 'the second attempt', timeoutMs: 30_000 });
  expect(started.map(({ attempt }) => attempt)).toEqual([1, 2]);
  ends[1]?.();
  expect((await system.runs.ended('killed')).status).toBe('SUCCEEDED');
}, 60_000);

test('when the executor is killed, its workers stop what they have, connect again and run the next attempt', async () => {
  const { started, ends, type } = lasting();
  await connect({ orphan: type });
  await system.runs.pushSteps('orphan', [step('a', 'orphan', SOON)]);
  await system.runs.start('orphan');
  await system.runs.stepIs('orphan', 'a', ['RUNNING']);
  await waitUntil(() => started.length === 1, { describe: 'the start' });
  system.kill('executor');
  await waitUntil(() => started[0]?.signal.aborted === true, { describe: 'the stop', timeoutMs: 15_000 });
  await waitUntil(() => started.length === 2, { describe: 'the second attempt', timeoutMs: 40_000 });
  ends[1]?.();
  expect((await system.runs.ended('orphan')).status).toBe('SUCCEEDED');
}, 90_000);

test('a task that is delivered again, while its step runs and after its end, runs once', async () => {
  const { started, ends, type } = lasting();
  await connect({ repeated: type });
  await system.runs.pushSteps('repeated', [step('a', 'repeated')]);
  await system.runs.start('repeated');
  await system.runs.stepIs('repeated', 'a', ['RUNNING']);
  const [row] = await system.sql<{ run_key: string }>('select run_key from scheduler.run where workflow_id = $1', [
    'repeated',
  ]);
  const task = create(TaskSchema, {
    runKey: BigInt(row?.run_key ?? 0),
    attempt: 1,
    dispatch: 1,
    stepType: 'repeated@1',
    workflowId: 'repeated',
    workflowInstanceId: 1n,
    workflowRunId: 1n,
    stepId: 'a',
    tenant: 'default',
    // It has lain in the queue for a while.
    dispatchedAt: BigInt(Date.now() - 60_000),
    fastStartMillis: 5_000n,
  });
  const messaging = await connectMessaging({ url: system.nats.url, name: 'test', logger: silentLogger });
  const again = async (): Promise<void> => {
    const data = toBinary(TaskSchema, task);
    expect(
      await messaging.publishBatch([{ subject: taskSubject({ pool: 'default', type: 'repeated@1' }), data }]),
    ).toEqual([]);
    const none = async (): Promise<boolean> =>
      (await messaging.oldestTask(taskSubject({ pool: 'default', type: 'repeated@1' }))) === undefined;
    await waitUntil(none, { describe: 'the task is taken off the queue', timeoutMs: 20_000 });
  };
  await again();
  expect(started).toHaveLength(1);
  ends[0]?.();
  expect((await system.runs.ended('repeated')).status).toBe('SUCCEEDED');
  await again();
  expect(started).toHaveLength(1);
  await messaging.close();
}, 60_000);

test('a worker that is told to end finishes its step first', async () => {
  const draining = await example();
  await system.runs.pushSteps('words-again', [step('a', 'count-words', { params: { text: text('a b') } })]);
  await system.runs.finish('words-again');
  expect(await draining.drain()).toBe(0);
});

test('another version of a type is used by what is pushed afterwards; older versions keep theirs', async () => {
  const say = (version: string) => ({
    version,
    run: () => ({ said: version }),
    params: { said: { type: 'STRING' as const, value: '' } },
  });
  await connect({ versioned: say('1') });
  await system.runs.pushSteps('versioned', [step('a', 'versioned')]);
  await connect({ versioned: say('1.1') });
  await system.runs.pushSteps('versioned', [step('a', 'versioned')]);
  for (const [instance, version] of [
    [1, '1'],
    [2, '2'],
  ] as const) {
    await system.runs.start('versioned', { version });
    await system.runs.ended('versioned', instance);
  }
  const said = async (instance: number) =>
    (await system.runs.step('versioned', 'a', instance)).params?.['said']?.evaluated_result;
  expect([await said(1), await said(2)]).toEqual(['1', '1.1']);
});

test('nothing is left behind', async () => {
  await expectNothingLeft(system);
});
