import { waitUntil } from '@maestro/testing';
import { startExtraScheduler } from './testing/extra-scheduler.js';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import type { RestAnswer } from './testing/rest-client.js';
import { shell, step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(120_000);

/** A typed objectContaining. */
const containing = (part: Record<string, unknown>): unknown => expect.objectContaining(part);

let system: System;

beforeAll(async () => {
  system = await System.start({ MAESTRO_EXECUTOR_STOP_GRACE_SECONDS: '1' });
}, 120_000);

afterAll(async () => {
  await system.stop();
}, 60_000);

const act = (id: string, stepId: string, action: string, query = ''): Promise<RestAnswer> =>
  system.rest.ask('PUT', `/workflows/${id}/instances/1/steps/${stepId}/actions/${action}${query}`);

const RUNNING = ['STARTING', 'RUNNING'];

describe('one step', () => {
  test('that runs is skipped: its process is stopped, its successors proceed, and the answer comes when that is so', async () => {
    const gate = new Gate(system, 'skip');
    await system.runs.pushSteps('skip', [gate.step('slow', then('next')), step('next', 'NoOp')]);
    await system.runs.start('skip');
    await system.runs.stepIs('skip', 'slow', ['RUNNING']);
    const { status, body } = await act('skip', 'slow', 'skip', '?reason=late');
    expect([status, body]).toEqual([
      200,
      containing({ completed: true, step_runtime_state: containing({ status: 'SKIPPED' }) }),
    ]);
    expect((await system.runs.ended('skip')).status).toBe('SUCCEEDED');
    expect(await system.runs.statuses('skip')).toEqual({ slow: 'SKIPPED', next: 'SUCCEEDED' });
    const again = await act('skip', 'next', 'skip');
    expect([again.status, again.body['code']]).toEqual([400, 'INVALID_STATE']);
  });

  test('is stopped or killed while another branch goes on; what does not fit is refused with what is in the way', async () => {
    const gate = new Gate(system, 'ends');
    const steps = [gate.step('a', then('after')), gate.step('b'), gate.step('c'), step('after', 'NoOp')];
    await system.runs.pushSteps('ends', steps);
    await system.runs.start('ends');
    for (const id of ['a', 'b', 'c']) await system.runs.stepIs('ends', id, RUNNING);
    expect((await act('ends', 'a', 'stop')).body).toMatchObject({ completed: true });
    expect((await act('ends', 'a', 'stop')).body).toMatchObject({ completed: true });
    expect((await act('ends', 'b', 'kill')).body).toMatchObject({ completed: true });
    expect((await act('ends', 'after', 'skip')).body).toMatchObject({ code: 'INVALID_STATE' });
    expect((await act('ends', 'c', 'bypass')).body).toMatchObject({ code: 'INVALID_STATE' });
    gate.open();
    expect((await system.runs.ended('ends')).status).toBe('FAILED');
    const statuses = { a: 'STOPPED', b: 'FATALLY_FAILED', c: 'SUCCEEDED', after: 'NOT_CREATED' };
    expect(await system.runs.statuses('ends')).toEqual(statuses);
  });

  test('of several acts at once all are answered, and the step ends', async () => {
    const gate = new Gate(system, 'several');
    await system.runs.pushSteps('several', [gate.step('a')]);
    await system.runs.start('several');
    await system.runs.stepIs('several', 'a', ['RUNNING']);
    const answers = await Promise.all(['stop', 'kill', 'skip'].map((action) => act('several', 'a', action)));
    const ended = (await system.runs.ended('several')).status;
    const done = answers.filter(({ body }) => body['completed'] === true);
    expect(done).toHaveLength(1);
    expect(['STOPPED', 'FAILED', 'SUCCEEDED']).toContain(ended);
  });
});

describe('a step of a run that has ended', () => {
  test('is skipped by the next run of its instance, which goes on behind it', async () => {
    await system.runs.pushSteps('over', [shell('bad', 'exit 1', then('next')), step('next', 'NoOp')]);
    expect((await system.runs.finish('over')).status).toBe('FAILED');
    const { status, body } = await act('over', 'bad', 'skip');
    expect([status, body]).toEqual([202, expect.objectContaining({ workflow_run_id: 2, completed: false })]);
    expect((await system.runs.ended('over')).status).toBe('SUCCEEDED');
    expect(await system.runs.statuses('over')).toEqual({ bad: 'SKIPPED', next: 'SUCCEEDED' });
  });
});

describe('runs below a step', () => {
  test('are stopped with it three levels deep, but not those that nobody waits for', async () => {
    const gate = new Gate(system, 'leaf');
    const sub = (id: string, of: string, more = {}): unknown => ({
      subworkflow: { id, params: { subworkflow_id: text(of) }, ...more },
    });
    await system.runs.pushSteps('leaf', [gate.step('work')]);
    await system.runs.pushSteps('apart', [new Gate(system, 'apart').step('work')]);
    await system.runs.pushSteps('middle', [sub('below', 'leaf'), sub('alone', 'apart', { sync: false })]);
    const loop = {
      foreach: {
        id: 'each',
        concurrency: 2,
        params: { loop_params: { value: { i: { value: [1, 2], type: 'LONG_ARRAY' } }, type: 'MAP' } },
        steps: [sub('inner', 'middle')],
        ...then('after'),
      },
    };
    await system.runs.pushSteps('top', [loop, step('after', 'NoOp')]);
    await system.runs.start('top');
    for (const instance of [1, 2]) await system.runs.stepIs('leaf', 'work', RUNNING, instance);
    for (const instance of [1, 2]) await system.runs.stepIs('apart', 'work', RUNNING, instance);
    expect((await act('top', 'each', 'skip')).body).toMatchObject({ completed: true });
    expect((await system.runs.ended('top')).status).toBe('SUCCEEDED');
    for (const instance of [1, 2]) {
      expect((await system.runs.get('leaf', instance)).status).toBe('STOPPED');
      expect((await system.runs.get('middle', instance)).status).toBe('STOPPED');
      expect((await system.runs.get('apart', instance)).status).toBe('IN_PROGRESS');
    }
    await system.rest.succeed('PUT', '/workflows/apart/actions/stop');
    for (const instance of [1, 2]) await system.runs.ended('apart', instance);
  });
});

describe('breakpoints', () => {
  const PATH = '/workflows/steps/breakpoints';
  const set = (body: Record<string, unknown>): Promise<unknown> => system.rest.succeed('POST', PATH, { body });
  const paused = (id: string): Promise<readonly Record<string, unknown>[]> =>
    system.rest.succeed('GET', `${PATH}/paused-step-attempts?workflowId=${id}`);

  test('hold from their answer on whichever replica decides, and let go when they are deleted', async () => {
    const extra = await startExtraScheduler(system);
    try {
      await system.runs.pushSteps('held', [step('a', 'NoOp', then('b')), step('b', 'NoOp')]);
      await set({ workflow_id: 'held', step_id: 'b' });
      const many = Array.from({ length: 20 }, () => system.runs.start('held'));
      await Promise.all(many);
      await waitUntil(async () => (await paused('held')).length === 20, { describe: 'all are paused' });
      await system.rest.succeed('DELETE', `${PATH}?workflowId=held&stepId=b`);
      for (let instance = 1; instance <= 20; instance += 1)
        expect((await system.runs.ended('held', instance)).status).toBe('SUCCEEDED');
      expect(await system.rest.succeed('GET', `${PATH}?workflowId=held`)).toEqual([]);
    } finally {
      await extra.kill();
    }
  });

  test('pause a step inside of a loop; explain names who has set it; one attempt is resumed', async () => {
    const loop = {
      foreach: {
        id: 'each',
        params: { loop_params: { value: { i: { value: [1, 2], type: 'LONG_ARRAY' } }, type: 'MAP' } },
        steps: [step('inner', 'NoOp')],
      },
    };
    await system.runs.pushSteps('looped', [loop]);
    await set({ workflow_id: 'looped', step_id: 'each/inner', workflow_instance_id: 1 });
    await system.runs.start('looped');
    await waitUntil(async () => (await paused('looped')).length === 2, { describe: 'both iterations are paused' });
    const [first] = await paused('looped');
    const id = String(first?.['workflow_id']);
    const explained = await system.rest.succeed<{ explanations: { kind: string; message: string }[] }>(
      'GET',
      `/workflows/${id}/instances/${String(first?.['workflow_instance_id'])}/runs/1/explain`,
    );
    expect(explained.explanations).toEqual([
      containing({ kind: 'PERSON', message: expect.stringContaining('ada') as string }),
    ]);
    const { body } = await system.rest.ask(
      'PUT',
      `${PATH}/${id}/instances/${String(first?.['workflow_instance_id'])}/runs/1/steps/inner/attempts/1/actions/resume`,
    );
    expect(body).toMatchObject({ completed: true });
    await waitUntil(async () => (await paused('looped')).length === 1, { describe: 'one is left' });
    await system.rest.succeed('DELETE', `${PATH}?workflowId=looped&stepId=each/inner&instance=1`);
    expect((await system.runs.ended('looped')).status).toBe('SUCCEEDED');
    expect((await system.runs.finish('looped')).status).toBe('SUCCEEDED');
  });

  test('are refused where there is no such step', async () => {
    await system.runs.pushSteps('typo', [step('load', 'NoOp')]);
    const { status, body } = await system.rest.ask('POST', PATH, { body: { workflow_id: 'typo', step_id: 'laod' } });
    expect([status, body['message']]).toEqual([404, expect.stringContaining('Did you mean "load"?')]);
  });
});

describe('pausing', () => {
  const explain = async (id: string): Promise<readonly { kind: string; message: string }[]> => {
    const path = `/workflows/${id}/instances/1/runs/1/explain`;
    return (await system.rest.succeed<{ explanations: { kind: string; message: string }[] }>('GET', path)).explanations;
  };

  test('a run begins nothing new, lets what runs end, and goes on when it is resumed', async () => {
    const gate = new Gate(system, 'paused');
    await system.runs.pushSteps('paused', [gate.step('a', then('b')), step('b', 'NoOp')]);
    await system.runs.start('paused');
    await system.runs.stepIs('paused', 'a', ['RUNNING']);
    const { body } = await system.rest.ask('PUT', '/workflows/paused/instances/1/actions/pause?reason=maintenance');
    expect(body).toMatchObject({ completed: true, workflow_instance_status: 'PAUSED' });
    gate.open();
    await system.runs.stepIs('paused', 'a', ['SUCCEEDED']);
    expect((await system.runs.statuses('paused'))['b']).toBe('NOT_CREATED');
    expect(await explain('paused')).toContainEqual(
      containing({ kind: 'PERSON', message: expect.stringContaining('paused by ada (maintenance)') as string }),
    );
    await system.rest.succeed('PUT', '/workflows/paused/instances/1/actions/resume');
    expect((await system.runs.ended('paused')).status).toBe('SUCCEEDED');
  });

  test('a workflow holds its queue, also before its first start, and lets it go when it is resumed', async () => {
    await system.runs.pushSteps('queue', [step('a', 'NoOp')]);
    await system.rest.succeed('PUT', '/workflows/queue/actions/pause');
    await system.runs.start('queue');
    await system.runs.start('queue');
    expect((await system.runs.get('queue')).status).toBe('CREATED');
    expect(await explain('queue')).toEqual([expect.objectContaining({ kind: 'PERSON' })]);
    await system.rest.succeed('PUT', '/workflows/queue/actions/resume');
    for (const instance of [1, 2]) expect((await system.runs.ended('queue', instance)).status).toBe('SUCCEEDED');
  });
});

describe('many runs at once', () => {
  // Fewer than an executor has slots: each run keeps one busy.
  const COUNT = 6;

  interface Progress {
    readonly total: number;
    readonly done: number;
    readonly passed_over: number;
    readonly failed: number;
    readonly finished: boolean;
  }

  const bulk = async (id: string, action: string, query = ''): Promise<readonly Progress[]> => {
    const { status, body } = await system.rest.ask('PUT', `/workflows/${id}/instances/actions/${action}${query}`);
    expect(status).toBe(200);
    return String(body['text'])
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Progress);
  };

  test('are chosen by status and by a step, acted on by the server, and counted', async () => {
    const gate = new Gate(system, 'many');
    const optional = shell('fails', '[ "$MAESTRO_PARAM_BAD" = no ]', {
      failure_mode: 'FAIL_AFTER_RUNNING',
      params: { bad: text('yes') },
    });
    await system.runs.pushSteps('many', [gate.step('waits'), optional]);
    await Promise.all(Array.from({ length: COUNT }, () => system.runs.start('many')));
    for (let instance = 1; instance <= COUNT; instance += 1)
      await system.runs.stepIs('many', 'fails', ['FATALLY_FAILED'], instance);
    expect((await bulk('many', 'pause')).at(-1)).toMatchObject({
      total: COUNT,
      done: COUNT,
      failed: 0,
      finished: true,
    });
    expect((await bulk('many', 'pause')).at(-1)).toMatchObject({ total: 0, done: 0, finished: true });
    expect((await bulk('many', 'resume')).at(-1)).toMatchObject({ done: COUNT, finished: true });
    const none = await bulk('many', 'skip', '?step=fails&step_status=succeeded');
    expect(none.at(-1)).toMatchObject({ done: 0, passed_over: COUNT, finished: true });
    const all = await bulk('many', 'skip', '?step=fails&step_status=FATALLY_FAILED,STOPPED');
    expect(all.at(-1)).toMatchObject({ done: COUNT, passed_over: 0, finished: true });
    expect((await system.runs.statuses('many', 5))['fails']).toBe('SKIPPED');
    expect((await bulk('many', 'stop', '?status=IN_PROGRESS')).at(-1)).toMatchObject({ done: COUNT, finished: true });
    for (let instance = 1; instance <= COUNT; instance += 1)
      expect((await system.runs.ended('many', instance)).status).toBe('STOPPED');
    gate.open();
    const restarted = await bulk('many', 'restart');
    expect(restarted.at(-1)).toMatchObject({ total: COUNT, done: COUNT, failed: 0, finished: true });
    for (let instance = 1; instance <= COUNT; instance += 1) await system.runs.ended('many', instance);
    expect((await system.runs.get('many', 5)).workflow_run_id).toBe(2);
  });
});

test('a restart right behind a stop is done after it, not refused', async () => {
  const gate = new Gate(system, 'ordered');
  const stubborn = shell('stubborn', 'trap "sleep 1; exit 1" TERM; while true; do sleep 0.1; done');
  await system.runs.pushSteps('ordered', [gate.step('other'), stubborn]);
  await system.runs.start('ordered');
  await system.runs.stepIs('ordered', 'stubborn', ['RUNNING']);
  expect((await act('ordered', 'stubborn', 'stop', '?blocking=false')).status).toBe(202);
  const again = await system.rest.ask('POST', '/workflows/ordered/instances/1/steps/stubborn/actions/restart', {
    body: { restart_policy: 'RESTART_FROM_INCOMPLETE', request_id: 'again' },
  });
  expect([again.status, again.body['step_attempt_id']]).toEqual([200, 2]);
  await waitUntil(async () => (await system.runs.step('ordered', 'stubborn')).step_attempt_id === 2, {
    describe: 'it begins again',
  });
  expect((await system.runs.attempt('ordered', 'stubborn', 1)).runtime_state.status).toBe('STOPPED');
  await act('ordered', 'stubborn', 'kill');
  gate.open();
  expect((await system.runs.ended('ordered')).status).toBe('FAILED');
});

test('an act on many runs goes on when nobody looks on and the scheduler dies', async () => {
  const COUNT = 450;
  await system.runs.pushSteps(
    'crowd',
    [step('waits', 'Sleep', { params: { sleep_seconds: { type: 'LONG', value: 600 } } })],
    {
      properties: { run_strategy: { rule: 'parallel', workflow_concurrency: 1000 } },
    },
  );
  for (let at = 0; at < COUNT; at += 50)
    await Promise.all(Array.from({ length: 50 }, () => system.runs.start('crowd')));
  const hungUp = new AbortController();
  const answer = await fetch(`${system.restUrl}/api/v3/workflows/crowd/instances/actions/stop`, {
    method: 'PUT',
    headers: { user: 'ada', 'idempotency-key': 'crowd' },
    signal: hungUp.signal,
  });
  const first = (await answer.body!.getReader().read()) as { readonly value?: Uint8Array };
  const { job_id: job } = JSON.parse(new TextDecoder().decode(first.value).split('\n')[0] ?? '') as { job_id: number };
  hungUp.abort();
  system.kill('scheduler');
  await waitUntil(async () => (await system.rest.ask('GET', `/bulk-jobs/${job}`)).body['finished'] === true, {
    timeoutMs: 60_000,
    describe: 'the job has ended',
  });
  expect(await system.rest.succeed('GET', `/bulk-jobs/${job}`)).toMatchObject({ total: COUNT, failed: 0 });
  const left = `select 1 from scheduler.run where workflow_id = 'crowd' and status <> 'STOPPED'`;
  await waitUntil(async () => (await system.sql(left)).length === 0, { describe: 'all are stopped' });
});

test('nothing is left behind', async () => {
  await expectNothingLeft(system);
});
