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
  expect(await system.runs.restart('mend', { run_params: { MOOD: text('good') } })).toMatchObject({
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
  expect(await system.runs.runsOf('mend')).toEqual({ first: 1, second: 2, last: 2 });
});

test('the same request makes one run, and the next restart needs the one before to have ended', async () => {
  const gate = new Gate(system, 'once');
  await system.runs.pushSteps('once', [shell('bad', 'exit 1', then('wait')), gate.step('wait')]);
  await system.runs.finish('once');
  const body = { request_id: randomUUID(), skip_steps: ['bad'] };
  const first = await system.runs.restart('once', body);
  expect(await system.runs.restart('once', body)).toMatchObject({
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
  await system.runs.restart('again', { restart_policy: 'RESTART_FROM_BEGINNING', run_params: { MOOD: text('good') } });
  expect(await system.runs.ended('again')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.runsOf('again')).toEqual({ first: 2, second: 2, last: 2 });
  const nothing = await system.rest.ask('POST', '/workflows/again/instances/1/actions/restart', { body: {} });
  expect(nothing.body).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/nothing is left/) as string,
  });
  await system.runs.restart('again', { restart_policy: 'RESTART_FROM_BEGINNING' });
  expect(await system.runs.ended('again')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 3 });
});

test('a step restarts with params of its own and what follows it, and hides no other failure', async () => {
  await system.runs.pushSteps('one', [
    shell('left', 'test "$MAESTRO_PARAM_MOOD" = good', { params: { mood: text('bad') }, ...then('after') }),
    shell('after', 'echo after'),
    shell('right', 'exit 1'),
  ]);
  await system.runs.finish('one');
  await system.runs.restartStep('one', 'left', { step_run_params: { mood: text('good') } });
  expect(await system.runs.ended('one')).toMatchObject({
    status: 'SUCCEEDED',
    run_config: { policy: 'RESTART_FROM_SPECIFIC' },
    aggregated_info: { workflow_instance_status: 'FAILED' },
  });
  expect(await system.runs.runsOf('one')).toEqual({ left: 2, after: 2, right: 1 });
  const unknown = await system.rest.ask('POST', '/workflows/one/instances/1/steps/lefd/actions/restart', { body: {} });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'STEP_NOT_FOUND' } });
});

test('a restart may go on with the newest version: what it defines otherwise runs again', async () => {
  const steps = (script: string) => [shell('same', 'echo same', then('mended')), shell('mended', script)];
  await system.runs.pushSteps('newer', steps('exit 1'));
  await system.runs.finish('newer');
  await system.runs.pushSteps('newer', steps('exit 0'));
  await system.runs.restart('newer', { version: 'latest' });
  expect(await system.runs.ended('newer')).toMatchObject({ status: 'SUCCEEDED', workflow_version_id: 2 });
  expect(await system.runs.runsOf('newer')).toEqual({ same: 1, mended: 2 });
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
  await system.runs.restart('strict', { run_params: { MOOD: text('good') } });
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
  await system.runs.restart('reads', { step_run_params: { used: { mood: text('good') } } });
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
  expect(await system.runs.restartStep('within', 'check', body)).toMatchObject({
    workflow_run_id: 1,
    step_attempt_id: 2,
  });
  expect(await system.runs.restartStep('within', 'check', body)).toMatchObject({
    status: 'DUPLICATED',
    step_attempt_id: 2,
  });
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
  expect(await system.runs.restartStep('nested-child', 'check', body)).toMatchObject({
    workflow_id: 'nested',
    workflow_run_id: 2,
  });
  expect(await system.runs.ended('nested')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.get('nested-child')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 2 });
  expect(await system.runs.runsOf('nested-child')).toEqual({ done: 1, check: 2 });
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
  await system.runs.restart('delegated-child', { step_run_params: { check: { mood: text('good') } } });
  await system.runs.stepIs('delegated', 'sub', ['SUCCEEDED']);
  expect(await system.runs.runsOf('delegated-child')).toEqual({ done: 1, check: 2 });
  gate.open();
  expect(await system.runs.ended('delegated')).toMatchObject({ status: 'SUCCEEDED', workflow_run_id: 1 });
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
