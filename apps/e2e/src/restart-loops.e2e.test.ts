import { randomUUID } from 'node:crypto';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { shell, step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** A loop over three numbers; the iteration of number 2 fails until its step gets another mood. */
function loop(type: 'foreach' | 'while', id: string, more: Record<string, unknown>): unknown {
  const steps = [
    step('before', 'Echo', { params: { tag: { expression: 'n * 10', type: 'LONG' } }, ...then('check') }),
    shell('check', 'test "$MAESTRO_PARAM_N" != 2 || test "$MAESTRO_PARAM_MOOD" = good', {
      params: { n: { expression: 'n', type: 'LONG' }, mood: { expression: 'MOOD', type: 'STRING' } },
    }),
  ];
  return { [type]: { id, steps, ...more } };
}

const NUMBERS = { params: { loop_params: { type: 'MAP', value: { n: { type: 'LONG_ARRAY', value: [1, 2, 3] } } } } };

/** Run id of each iteration of the loop `id` of instance 1, and how it ended. */
async function iterations(id: string): Promise<readonly string[]> {
  const rows = await system.sql<{ line: string }>(
    `select c.instance_id || ': ' || c.run_id || ' ' || c.status as line from scheduler.run c
     join scheduler.run p on p.run_key = c.parent_run_key where p.workflow_id = '${id}' and c.body is not null order by 1`,
  );
  return rows.map(({ line }) => line);
}

test('a foreach that restarts runs its failed iteration again, and what of it had failed', async () => {
  await system.runs.pushSteps(
    'each',
    [
      loop('foreach', 'all', { ...NUMBERS, concurrency: 3, ...then('end') }),
      step('end', 'NoOp', {
        params: { tags: { expression: "params.getFromForeach('all', 'before', 'tag')", type: 'LONG_ARRAY' } },
      }),
    ],
    {
      params: { MOOD: text('bad') },
    },
  );
  expect(await system.runs.finish('each')).toMatchObject({ status: 'FAILED' });
  await system.runs.restart('each', { run_params: { MOOD: text('good') } });
  expect(await system.runs.ended('each')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await iterations('each')).toEqual(['1: 1 SUCCEEDED', '2: 1 FAILED', '2: 2 SUCCEEDED', '3: 1 SUCCEEDED']);
  const [again] = await system.sql<{ steps: string }>(
    `select string_agg(s.ordinal || ' ' || s.status, ', ') as steps from scheduler.step s join scheduler.run r using (run_key)
     join scheduler.run p on p.run_key = r.parent_run_key where p.workflow_id = 'each' and r.run_id = 2`,
  );
  expect(again?.steps).toBe('1 SUCCEEDED');
  const end = await system.runs.step('each', 'end');
  expect(end.params?.['tags']).toMatchObject({ evaluated_result: [10, 20, 30] });
});

test('a step of one iteration restarts from the root, and the other iterations stay as they were', async () => {
  await system.runs.pushSteps('inner', [loop('foreach', 'all', { ...NUMBERS, concurrency: 3 })], {
    params: { MOOD: text('bad') },
  });
  await system.runs.finish('inner');
  const [row] = await system.sql<{ workflow_id: string }>(
    "select c.workflow_id from scheduler.run c join scheduler.run p on p.run_key = c.parent_run_key where p.workflow_id = 'inner' limit 1",
  );
  const path = `/workflows/${row?.workflow_id ?? ''}/instances/2/steps/check/actions/restart`;
  const body = { request_id: randomUUID(), step_run_params: { mood: text('good') } };
  expect(await system.rest.succeed('POST', path, { body })).toMatchObject({ workflow_id: 'inner', workflow_run_id: 2 });
  expect(await system.runs.ended('inner')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  const refused = { run_params: { n: { type: 'LONG', value: 9 } }, version: 'latest', skip_steps: ['nowhere'] };
  const iteration = `/workflows/${row?.workflow_id ?? ''}/instances/2/actions/restart`;
  expect((await system.rest.ask('POST', iteration, { body: refused })).body).toMatchObject({ code: 'INVALID_REQUEST' });
  expect(await iterations('inner')).toEqual(['1: 1 SUCCEEDED', '2: 1 FAILED', '2: 2 SUCCEEDED', '3: 1 SUCCEEDED']);
});

test('a while that restarts goes on at the iteration that failed, with the values that it had', async () => {
  const count = { loop_params: { type: 'MAP', value: { n: { type: 'LONG', value: 1 } } } };
  const next = { params: { n: { expression: 'n + 1', type: 'LONG' } } };
  await system.runs.pushSteps(
    'during',
    [
      {
        while: {
          id: 'all',
          condition: 'n < 4',
          params: count,
          steps: [
            shell('check', 'test "$MAESTRO_PARAM_N" != 2 || test "$MAESTRO_PARAM_MOOD" = good', {
              params: { n: { expression: 'n', type: 'LONG' }, mood: { expression: 'MOOD', type: 'STRING' } },
              ...then('count'),
            }),
            step('count', 'NoOp', next),
          ],
        },
      },
    ],
    { params: { MOOD: text('bad') } },
  );
  expect(await system.runs.finish('during')).toMatchObject({ status: 'FAILED' });
  await system.runs.restart('during', { run_params: { MOOD: text('good') } });
  expect(await system.runs.ended('during')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await iterations('during')).toEqual(['1: 1 SUCCEEDED', '2: 1 FAILED', '2: 2 SUCCEEDED', '3: 2 SUCCEEDED']);
});

/** The workflow id that the iterations of a workflow's loop have. */
async function inlineOf(id: string): Promise<string> {
  const rows = await system.sql<{ workflow_id: string }>(
    `select c.workflow_id from scheduler.run c join scheduler.run p on p.run_key = c.parent_run_key where p.workflow_id = '${id}' limit 1`,
  );
  return rows[0]?.workflow_id ?? '';
}

test('one failed iteration runs again while its loop goes on', async () => {
  const gate = new Gate(system, 'place');
  const check = shell('check', 'test "$MAESTRO_PARAM_N" != 1 || test "$MAESTRO_PARAM_MOOD" = good', {
    params: { n: { expression: 'n', type: 'LONG' }, mood: text('bad') },
    ...then('wait'),
  });
  await system.runs.pushSteps('place', [
    { foreach: { id: 'all', concurrency: 2, steps: [check, gate.step('wait')], ...NUMBERS } },
  ]);
  await system.runs.start('place');
  await system.runs.stepIs('place', 'all', ['RUNNING']);
  const inline = await inlineOf('place');
  await system.runs.ended(inline, 1);
  const path = `/workflows/${inline}/instances/1/steps/check/actions/restart`;
  const body = { request_id: randomUUID(), step_run_params: { mood: text('good') } };
  expect(await system.rest.succeed('POST', path, { body })).toMatchObject({ workflow_id: 'place', workflow_run_id: 1 });
  expect(await system.rest.succeed('POST', path, { body })).toMatchObject({ status: 'DUPLICATED' });
  await system.runs.stepIs(inline, 'wait', ['RUNNING']);
  gate.open();
  expect(await system.runs.ended('place')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 1 });
  expect(await iterations('place')).toEqual(['1: 1 FAILED', '1: 2 SUCCEEDED', '2: 1 SUCCEEDED', '3: 1 SUCCEEDED']);
});

test('from the inline root the whole instance restarts, and all iterations get the params of the step', async () => {
  await system.runs.pushSteps(
    'root',
    [shell('first', 'echo first', then('all')), loop('foreach', 'all', { ...NUMBERS })],
    {
      params: { MOOD: text('bad') },
    },
  );
  await system.runs.finish('root');
  const path = `/workflows/${await inlineOf('root')}/instances/2/steps/check/actions/restart`;
  const body = {
    restart_policy: 'RESTART_FROM_BEGINNING',
    upstream_restart_mode: 'RESTART_FROM_INLINE_ROOT',
    step_run_params: { mood: text('good') },
  };
  expect(await system.rest.succeed('POST', path, { body })).toMatchObject({ workflow_id: 'root', workflow_run_id: 2 });
  expect(await system.runs.ended('root')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.runsOf('root')).toEqual({ first: 2, all: 2 });
});

test('a restart goes on after the scheduler was killed', async () => {
  const gate = new Gate(system, 'killed');
  const check = shell('check', 'test "$MAESTRO_PARAM_MOOD" = good', {
    params: { mood: { expression: 'MOOD', type: 'STRING' } },
    ...then('wait'),
  });
  await system.runs.pushSteps(
    'killed',
    [
      shell('done', 'echo done', then('all')),
      { foreach: { id: 'all', concurrency: 3, steps: [check, gate.step('wait')], ...NUMBERS } },
    ],
    { params: { MOOD: text('bad') } },
  );
  await system.runs.finish('killed');
  const body = { request_id: randomUUID(), run_params: { MOOD: text('good') } };
  await system.runs.restart('killed', body);
  await system.runs.stepIs('killed', 'all', ['RUNNING']);
  system.kill('scheduler');
  await system.ready('scheduler');
  expect(await system.runs.restart('killed', body)).toMatchObject({ status: 'DUPLICATED', workflow_run_id: 2 });
  gate.open();
  expect(await system.runs.ended('killed', 1, 60_000)).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.runsOf('killed')).toEqual({ done: 1, all: 2 });
}, 90_000);

test('nothing is left of all these runs', () => expectNothingLeft(system));
