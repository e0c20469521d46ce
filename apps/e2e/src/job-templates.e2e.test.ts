import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { literal, shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(60_000);

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

function put(jobType: string, definition: Record<string, unknown>, headers: Record<string, string> = {}) {
  const body = {
    owner: 'ada',
    status: 'stable',
    support: 'ada',
    definition: { job_type: jobType, step_type: 'Shell', version: 'default', ...definition },
  };
  return system.rest.succeed('POST', '/job-templates', { body, headers });
}

const map = (value: Record<string, unknown>) => ({ type: 'MAP', value });

/** A Shell step that says a text in which `${name}` is the value of a param. */
function said(id: string, script: string, { params, ...more }: Record<string, unknown> = {}): unknown {
  return shell(id, '', { params: { script: text(script), ...(params as object | undefined) }, ...more });
}

async function ended(id: string, instance = 1): Promise<Record<string, string>> {
  await system.runs.ended(id, instance);
  return system.runs.statuses(id, instance);
}

test('a step gets the params of its template below its own, merged deeply through all parents, in the version that a run chooses', async () => {
  await put('base', { params: { settings: map({ image: text('python'), shell: map({ path: text('/bin/sh') }) }) } });
  await put('job', {
    inherit_from: { base: 'default' },
    params: {
      settings: map({ shell: map({ login: text('no') }) }),
      script: literal('echo "$MAESTRO_PARAM_WORD"'),
      word: text('one'),
    },
    tags: ['from-template'],
  });
  await put('job', { version: 'v2', params: { script: literal('echo "$MAESTRO_PARAM_WORD"'), word: text('two') } });
  const steps = [step('a', 'Shell', { sub_type: 'job', params: { settings: map({ image: text('node') }) } })];
  await system.runs.pushSteps('uses', steps, { params: { job_template_version: text('default') } });
  await system.runs.start('uses');
  expect(await ended('uses')).toEqual({ a: 'SUCCEEDED' });
  const first = await system.runs.step('uses', 'a');
  expect(first.params?.['settings']?.evaluated_result).toEqual({
    image: 'node',
    shell: { path: '/bin/sh', login: 'no' },
  });
  expect(first).toMatchObject({ tags: ['from-template'] });
  expect(await system.runs.log('uses', 'a')).toBe('one\n');
  await system.runs.start('uses', { params: { job_template_version: text('v2'), word: text('three') } });
  expect(await ended('uses', 2)).toEqual({ a: 'SUCCEEDED' });
  expect((await system.runs.step('uses', 'a', 2)).params?.['word']?.evaluated_result).toBe('three');
});

test('what is missing is told at the push, and by the step of a run that comes upon it', async () => {
  const lost = await system.rest.ask('POST', '/workflows', {
    body: {
      properties: { owner: 'ada' },
      workflow: { id: 'lost', steps: [step('a', 'Shell', { sub_type: 'nobody' })] },
    },
  });
  expect(lost.status).toBe(400);
  expect(lost.body).toMatchObject({
    violations: [
      { path: 'workflow.steps[0].step.sub_type', line: 1, message: expect.stringContaining('"nobody"') as unknown },
    ],
  });
  await put('fleeting', { params: { script: literal('true') } });
  await system.runs.pushSteps('comes-upon', [step('a', 'Shell', { sub_type: 'fleeting' })]);
  await system.rest.succeed('DELETE', '/job-templates/fleeting');
  await system.runs.start('comes-upon');
  expect(await ended('comes-upon')).toEqual({ a: 'FATALLY_FAILED' });
  expect(JSON.stringify((await system.runs.step('comes-upon', 'a')).timeline)).toContain('no job template');
});

test('a template step becomes the steps of its template, which pass values to each other and to the steps behind', async () => {
  await put('etl', {
    step_type: 'template',
    params: { table: text('nothing'), suffix: text('!') },
    steps: [
      said('extract', 'echo "${table}${suffix}"', {
        transition: { successors: { load: 'table != "skip"' } },
        params: { rows: text('${table}-rows') },
      }),
      said('load', 'echo "${extract__rows}"', {
        params: { loaded: { type: 'STRING', expression: 'extract__rows + " of " + table;' } },
      }),
    ],
  });
  const use = (id: string, table: string, next: Record<string, string>) => ({
    template: { id, sub_type: 'etl', params: { table: text(table) }, transition: { successors: next } },
  });
  const last = said('last', 'echo "${orders__loaded}, ${users.load__loaded}"');
  await system.runs.pushSteps('graph', [
    shell('first', 'true', { transition: { successors: { orders: 'true', users: 'true' } } }),
    use('orders', 'orders', { last: 'true' }),
    use('users', 'users', { last: 'true' }),
    last,
  ]);
  await system.runs.start('graph');
  expect(await ended('graph')).toEqual({
    first: 'SUCCEEDED',
    'orders.extract': 'SUCCEEDED',
    'orders.load': 'SUCCEEDED',
    'users.extract': 'SUCCEEDED',
    'users.load': 'SUCCEEDED',
    last: 'SUCCEEDED',
  });
  expect(await system.runs.log('graph', 'orders.extract')).toBe('orders!\n');
  expect(await system.runs.log('graph', 'users.load')).toBe('users-rows\n');
  expect(await system.runs.log('graph', 'last')).toBe('orders-rows of orders, users-rows of users\n');
});

test('a run keeps the templates that it began with over kill -9 and restart; the next run gets what was put since', async () => {
  const gate = new Gate(system, 'templates');
  const word = (value: string) =>
    put('words', { params: { script: literal('echo "$MAESTRO_PARAM_WORD"'), word: text(value) } });
  const graph = (...ids: string[]) =>
    put('grows', { step_type: 'template', steps: ids.map((id) => shell(id, 'true')) });
  await word('before');
  await graph('one');
  await system.runs.pushSteps('keeps', [
    gate.step('gate', { transition: { successors: { said: 'true', t: 'true' } } }),
    step('said', 'Shell', { sub_type: 'words' }),
    { template: { id: 't', sub_type: 'grows' } },
  ]);
  await system.runs.start('keeps');
  await system.runs.stepIs('keeps', 'gate', ['RUNNING']);
  await word('after');
  await graph('one', 'two');
  system.kill('scheduler');
  gate.open();
  expect(await ended('keeps')).toEqual({ gate: 'SUCCEEDED', said: 'SUCCEEDED', 't.one': 'SUCCEEDED' });
  expect(await system.runs.log('keeps', 'said')).toBe('before\n');
  await system.rest.succeed('POST', '/workflows/keeps/instances/1/actions/restart', {
    body: { restart_policy: 'RESTART_FROM_BEGINNING', request_id: 'again' },
  });
  await waitUntil(async () => (await system.runs.get('keeps')).workflow_run_id === 2, { describe: 'it runs again' });
  expect(await ended('keeps')).toEqual({ gate: 'SUCCEEDED', said: 'SUCCEEDED', 't.one': 'SUCCEEDED' });
  await system.runs.start('keeps');
  expect(await ended('keeps', 2)).toMatchObject({ 't.one': 'SUCCEEDED', 't.two': 'SUCCEEDED' });
  expect((await system.runs.step('keeps', 'said', 2)).params?.['word']?.evaluated_result).toBe('after');
});

test('template steps in loops run once for each iteration, with the values of it', async () => {
  await put('body', {
    step_type: 'template',
    steps: [said('one', 'echo "${x}"', { params: { seen: text('saw ${x}') } })],
  });
  const loop_params = map({ x: { type: 'STRING_ARRAY', value: ['a', 'b'] } });
  await system.runs.pushSteps('looped', [
    {
      foreach: {
        id: 'each',
        params: { loop_params },
        steps: [{ template: { id: 't', sub_type: 'body' } }],
        transition: { successors: { all: 'true' } },
      },
    },
    step('all', 'NoOp', {
      params: { seen: { type: 'STRING_ARRAY', expression: "params.getFromForeach('each', 't.one', 'seen');" } },
    }),
  ]);
  await system.runs.start('looped');
  expect(await ended('looped')).toEqual({ each: 'SUCCEEDED', all: 'SUCCEEDED' });
  expect((await system.runs.step('looped', 'all')).params?.['seen']?.evaluated_result).toEqual(['saw a', 'saw b']);
});

test('a template belongs to its tenant', async () => {
  await put('theirs', {}, { tenant: 'other' });
  const body = {
    owner: 'eve',
    status: 'x',
    support: 'x',
    definition: { job_type: 'theirs', step_type: 'Shell', version: 'default', tags: ['x'] },
  };
  expect((await system.rest.ask('POST', '/job-templates', { body })).status).toBe(403);
});
