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

/** Restarts an instance; `more` is the body of the request. */
function restart(id: string, more: Record<string, unknown> = {}, instance = 1): Promise<Record<string, unknown>> {
  const body = { request_id: randomUUID(), ...more };
  return system.rest.succeed('POST', `/workflows/${id}/instances/${instance}/actions/restart`, { body });
}

function restartStep(id: string, stepId: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const body = { request_id: randomUUID(), ...more };
  return system.rest.succeed('POST', `/workflows/${id}/instances/1/steps/${stepId}/actions/restart`, { body });
}

/** Which run each step of the latest view comes from. */
async function runsOf(id: string): Promise<Record<string, number>> {
  const steps = await system.runs.steps(id);
  return Object.fromEntries(steps.map((each) => [each.step_id, each.workflow_run_id]));
}

/** The first step leaves a file that says how often it ran; the second does as the param says. */
function pushPair(id: string): Promise<unknown> {
  const check = { params: { mood: { expression: 'MOOD', type: 'STRING' } }, ...then('last') };
  return system.runs.pushSteps(
    id,
    [
      shell('first', 'echo first', then('second')),
      shell('second', 'test "$MAESTRO_PARAM_MOOD" = good', check),
      shell('last', 'echo last'),
    ],
    { params: { MOOD: text('bad') } },
  );
}

test('an instance restarts from what is incomplete, with other params, and keeps what is done', async () => {
  await pushPair('mend');
  expect(await system.runs.finish('mend')).toMatchObject({ status: 'FAILED' });
  expect(await restart('mend', { run_params: { MOOD: text('good') } })).toMatchObject({
    workflow_instance_id: 1,
    workflow_run_id: 2,
    status: 'CREATED',
  });
  const run = await system.runs.ended('mend');
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    workflow_run_id: 2,
    initiator: { type: 'MANUAL', user: 'ada' },
    run_config: { policy: 'RESTART_FROM_INCOMPLETE' },
    aggregated_info: {
      workflow_instance_status: 'SUCCEEDED',
      step_aggregated_views: { first: { workflow_run_id: 1 } },
    },
  });
  expect(await runsOf('mend')).toEqual({ first: 1, second: 2, last: 2 });
});

test('the same request makes one run, and the next restart needs the one before to have ended', async () => {
  const gate = new Gate(system, 'once');
  await system.runs.pushSteps('once', [shell('bad', 'exit 1', then('wait')), gate.step('wait')]);
  await system.runs.finish('once');
  const body = { request_id: randomUUID(), skip_steps: ['bad'] };
  const first = await restart('once', body);
  expect(await restart('once', body)).toMatchObject({
    status: 'DUPLICATED',
    workflow_run_id: first['workflow_run_id'],
  });
  const early = await system.rest.ask('POST', '/workflows/once/instances/1/actions/restart', { body: {} });
  expect(early.body).toMatchObject({ code: 'INVALID_STATE' });
  gate.open();
  expect(await system.runs.ended('once')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.statuses('once')).toEqual({ bad: 'SKIPPED', wait: 'SUCCEEDED' });
});

test('of many restarts at once one makes the next run', async () => {
  const gate = new Gate(system, 'race');
  await system.runs.pushSteps('race', [shell('bad', 'exit 1', then('wait')), gate.step('wait')]);
  await system.runs.finish('race');
  const body = { skip_steps: ['bad'] };
  const ask = () => system.rest.ask('POST', '/workflows/race/instances/1/actions/restart', { body });
  const answers = await Promise.all(Array.from({ length: 6 }, ask));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body: answer } of answers)
    if (status !== 200) expect(['NOT_LATEST_RUN', 'INVALID_STATE']).toContain(answer['code']);
  gate.open();
  expect(await system.runs.ended('race')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
});

test('from the beginning everything runs again, several times', async () => {
  await pushPair('again');
  await system.runs.finish('again');
  await restart('again', { restart_policy: 'RESTART_FROM_BEGINNING', run_params: { MOOD: text('good') } });
  expect(await system.runs.ended('again')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await runsOf('again')).toEqual({ first: 2, second: 2, last: 2 });
  const nothing = await system.rest.ask('POST', '/workflows/again/instances/1/actions/restart', { body: {} });
  expect(nothing.body).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/nothing is left/) as string,
  });
  await restart('again', { restart_policy: 'RESTART_FROM_BEGINNING' });
  expect(await system.runs.ended('again')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 3 });
});

test('a step restarts with params of its own and what follows it, and hides no other failure', async () => {
  await system.runs.pushSteps('one', [
    shell('left', 'test "$MAESTRO_PARAM_MOOD" = good', { params: { mood: text('bad') }, ...then('after') }),
    shell('after', 'echo after'),
    shell('right', 'exit 1'),
  ]);
  await system.runs.finish('one');
  await restartStep('one', 'left', { step_run_params: { mood: text('good') } });
  expect(await system.runs.ended('one')).toMatchObject({
    status: 'SUCCEEDED',
    run_config: { policy: 'RESTART_FROM_SPECIFIC' },
    aggregated_info: { workflow_instance_status: 'FAILED' },
  });
  expect(await runsOf('one')).toEqual({ left: 2, after: 2, right: 1 });
  const unknown = await system.rest.ask('POST', '/workflows/one/instances/1/steps/lefd/actions/restart', { body: {} });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'STEP_NOT_FOUND' } });
});

test('a restart may go on with the newest version: what it defines otherwise runs again', async () => {
  const steps = (script: string) => [shell('same', 'echo same', then('mended')), shell('mended', script)];
  await system.runs.pushSteps('newer', steps('exit 1'));
  await system.runs.finish('newer');
  await system.runs.pushSteps('newer', steps('exit 0'));
  await restart('newer', { version: 'latest' });
  expect(await system.runs.ended('newer')).toMatchObject({ status: 'SUCCEEDED', workflow_version_id: 2 });
  expect(await runsOf('newer')).toEqual({ same: 1, mended: 2 });
});

test('a failed instance that restarts holds a strict queue no longer, and goes before those that wait', async () => {
  const gate = new Gate(system, 'strict');
  const mood = { params: { mood: { expression: 'MOOD', type: 'STRING' } } };
  await system.runs.pushSteps(
    'strict',
    [shell('check', 'test "$MAESTRO_PARAM_MOOD" = good', { ...mood, ...then('wait') }), gate.step('wait')],
    {
      params: { MOOD: text('bad') },
      properties: { run_strategy: 'strict_sequential' },
    },
  );
  await system.runs.finish('strict');
  await system.runs.start('strict', { params: { MOOD: text('good') } });
  await restart('strict', { run_params: { MOOD: text('good') } });
  await system.runs.stepIs('strict', 'wait', ['RUNNING']);
  expect(await system.runs.get('strict', 2)).toMatchObject({ status: 'CREATED' });
  gate.open();
  for (const instance of [1, 2])
    expect(await system.runs.ended('strict', instance)).toMatchObject({ status: 'SUCCEEDED' });
});

test('params of steps that ran in an earlier run can be read in a later one', async () => {
  await system.runs.pushSteps('reads', [
    step('made', 'NoOp', { params: { word: text('salt') }, ...then('used') }),
    shell('used', 'test "$MAESTRO_PARAM_WORD" = salt && test "$MAESTRO_PARAM_MOOD" = good', {
      params: { word: { expression: 'made__word', type: 'STRING' }, mood: text('bad') },
    }),
  ]);
  await system.runs.finish('reads');
  await restart('reads', { step_run_params: { used: { mood: text('good') } } });
  expect(await system.runs.ended('reads')).toMatchObject({ status: 'SUCCEEDED' });
});

test('a failed step restarts within its run while other branches go on', async () => {
  const gate = new Gate(system, 'within');
  const mood = { params: { mood: text('bad') }, ...then('after') };
  await system.runs.pushSteps('within', [
    shell('check', 'test "$MAESTRO_PARAM_MOOD" = good', mood),
    shell('after', 'echo after'),
    gate.step('wait'),
  ]);
  await system.runs.start('within');
  await system.runs.stepIs('within', 'check', ['FATALLY_FAILED']);
  const busy = await system.rest.ask('POST', '/workflows/within/instances/1/steps/wait/actions/restart', { body: {} });
  expect(busy.body).toMatchObject({ code: 'INVALID_STATE', message: expect.stringMatching(/under way/) as string });
  const body = { request_id: randomUUID(), step_run_params: { mood: text('good') } };
  expect(await restartStep('within', 'check', body)).toMatchObject({ workflow_run_id: 1, step_attempt_id: 2 });
  expect(await restartStep('within', 'check', body)).toMatchObject({ status: 'DUPLICATED', step_attempt_id: 2 });
  await system.runs.stepIs('within', 'after', ['SUCCEEDED']);
  gate.open();
  expect(await system.runs.ended('within')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 1 });
  expect(await system.runs.step('within', 'check')).toMatchObject({ step_retry: { manual_retries: 1 } });
});

/** A parent with a subworkflow step, whose child fails until its step gets the param it needs. */
async function pushNested(id: string): Promise<void> {
  await system.runs.pushSteps(`${id}-child`, [
    shell('done', 'echo done', then('check')),
    shell('check', 'test "$MAESTRO_PARAM_MOOD" = good', { params: { mood: text('bad') } }),
  ]);
  const target = { params: { subworkflow_id: text(`${id}-child`) }, ...then('after') };
  await system.runs.pushSteps(id, [{ subworkflow: { id: 'sub', ...target } }, shell('after', 'echo after')]);
}

test('a step of a subworkflow restarts by a new run of the root, which walks down to it', async () => {
  await pushNested('nested');
  expect(await system.runs.finish('nested')).toMatchObject({ status: 'FAILED' });
  const body = { step_run_params: { mood: text('good') } };
  expect(await restartStep('nested-child', 'check', body)).toMatchObject({ workflow_id: 'nested', workflow_run_id: 2 });
  expect(await system.runs.ended('nested')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.get('nested-child')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await runsOf('nested-child')).toEqual({ done: 1, check: 2 });
  expect((await system.rest.ask('GET', '/workflows/nested-child/instances/2')).status).toBe(404);
});

test('a subworkflow restarts within the run of its parent while that goes on', async () => {
  const gate = new Gate(system, 'delegated');
  await pushNested('delegated');
  await system.runs.pushSteps('delegated', [
    { subworkflow: { id: 'sub', params: { subworkflow_id: text('delegated-child') } } },
    gate.step('wait'),
  ]);
  await system.runs.start('delegated');
  await system.runs.stepIs('delegated', 'sub', ['FATALLY_FAILED']);
  await restart('delegated-child', { step_run_params: { check: { mood: text('good') } } });
  await system.runs.stepIs('delegated', 'sub', ['SUCCEEDED']);
  expect(await runsOf('delegated-child')).toEqual({ done: 1, check: 2 });
  gate.open();
  expect(await system.runs.ended('delegated')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 1 });
});

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
  await restart('each', { run_params: { MOOD: text('good') } });
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
  await restart('during', { run_params: { MOOD: text('good') } });
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
  expect(await runsOf('root')).toEqual({ first: 2, all: 2 });
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
  await restart('killed', body);
  await system.runs.stepIs('killed', 'all', ['RUNNING']);
  system.kill('scheduler');
  await system.ready('scheduler');
  expect(await restart('killed', body)).toMatchObject({ status: 'DUPLICATED', workflow_run_id: 2 });
  gate.open();
  expect(await system.runs.ended('killed', 1, 60_000)).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await runsOf('killed')).toEqual({ done: 1, all: 2 });
}, 90_000);

test('nothing is left of all these runs', () => expectNothingLeft(system));
