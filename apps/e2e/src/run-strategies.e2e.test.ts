import { randomUUID } from 'node:crypto';
import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { shell } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** Pushes a workflow of one step behind a gate, with this run strategy. */
async function gated(id: string, strategy: unknown): Promise<Gate> {
  const gate = new Gate(system, id);
  await system.runs.pushSteps(id, [gate.step('wait')], { properties: { run_strategy: strategy } });
  return gate;
}

async function statusesAre(id: string, expected: readonly string[]): Promise<void> {
  const same = async (): Promise<boolean> => {
    const views = await Promise.all(expected.map((_, index) => system.runs.get(id, index + 1)));
    const seen = views.map(({ status }) => status).join();
    if (seen === expected.join()) return true;
    throw new Error(seen);
  };
  await waitUntil(same, { timeoutMs: 20_000, describe: `runs of ${id} are ${expected.join()}` });
}

test('SEQUENTIAL runs one at a time, in the order of the starts', async () => {
  const gate = await gated('sequential', 'sequential');
  for (let index = 0; index < 3; index += 1) await system.runs.start('sequential');
  await statusesAre('sequential', ['IN_PROGRESS', 'CREATED', 'CREATED']);
  gate.open();
  await statusesAre('sequential', ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  const runs = await system.sql<{ start_time: string; end_time: string }>(
    "select start_time, end_time from scheduler.run where workflow_id = 'sequential' order by instance_id",
  );
  runs.slice(1).forEach((run, index) => {
    expect(Number(run.start_time)).toBeGreaterThanOrEqual(Number(runs[index]?.end_time));
  });
});

test('STRICT_SEQUENTIAL holds the queue behind a failed instance until it is unblocked', async () => {
  await system.runs.pushSteps('strict', [shell('fail', 'exit 1')], {
    properties: { run_strategy: 'strict_sequential' },
  });
  await system.runs.finish('strict');
  await system.runs.start('strict');
  await statusesAre('strict', ['FAILED', 'CREATED']);
  const why = await system.rest.succeed('GET', '/workflows/strict/instances/2/runs/1/explain');
  expect(JSON.stringify(why)).toMatch(/unblock/i);
  await system.rest.succeed('PUT', '/workflows/strict/instances/1/actions/unblock');
  await statusesAre('strict', ['FAILED', 'FAILED']);
  await system.rest.succeed('PUT', '/workflows/strict/actions/unblock');
});

test('FIRST_ONLY records starts beside a running instance as STOPPED', async () => {
  const gate = await gated('first', 'first_only');
  await system.runs.start('first');
  expect(await system.runs.start('first')).toMatchObject({ workflow_instance_id: 2, status: 'STOPPED' });
  gate.open();
  await statusesAre('first', ['SUCCEEDED', 'STOPPED']);
  expect(await system.runs.start('first')).toMatchObject({ workflow_instance_id: 3, status: 'CREATED' });
  await statusesAre('first', ['SUCCEEDED', 'STOPPED', 'SUCCEEDED']);
});

test('LAST_ONLY stops what runs in favour of the newest start', async () => {
  const gate = await gated('last', 'last_only');
  await system.runs.start('last');
  await system.runs.stepIs('last', 'wait', ['RUNNING']);
  await system.runs.start('last');
  await statusesAre('last', ['STOPPED', 'IN_PROGRESS']);
  gate.open();
  await statusesAre('last', ['STOPPED', 'SUCCEEDED']);
});

test('PARALLEL runs as many at a time as the workflow allows', async () => {
  const gate = await gated('parallel', { rule: 'parallel', workflow_concurrency: 2 });
  for (let index = 0; index < 3; index += 1) await system.runs.start('parallel');
  await statusesAre('parallel', ['IN_PROGRESS', 'IN_PROGRESS', 'CREATED']);
  gate.open();
  await statusesAre('parallel', ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
});

test('SERIAL_LATEST_ONLY lets the running one end and keeps the newest of the others', async () => {
  const gate = await gated('serial', 'serial_latest_only');
  for (let index = 0; index < 3; index += 1) await system.runs.start('serial');
  await statusesAre('serial', ['IN_PROGRESS', 'STOPPED', 'CREATED']);
  gate.open();
  await statusesAre('serial', ['SUCCEEDED', 'STOPPED', 'SUCCEEDED']);
});

test('a repeated request id answers with the instance that exists', async () => {
  const gate = await gated('repeated', 'parallel');
  const requestId = randomUUID();
  const [first, ...others] = await Promise.all(
    Array.from({ length: 10 }, () => system.runs.start('repeated', { requestId })),
  );
  expect(others.map((other) => other.workflow_instance_id)).toEqual(Array(9).fill(first?.workflow_instance_id));
  gate.open();
  await statusesAre('repeated', ['SUCCEEDED']);
  expect(await system.runs.start('repeated', { requestId })).toMatchObject({ workflow_instance_id: 1 });
  expect((await system.runs.start('repeated')).workflow_instance_id).toBe(2);
});

test('a queued instance is stopped and killed without ever running', async () => {
  const gate = await gated('queued', 'sequential');
  for (let index = 0; index < 4; index += 1) await system.runs.start('queued');
  await system.rest.succeed('PUT', '/workflows/queued/instances/2/actions/stop');
  await system.rest.succeed('PUT', '/workflows/queued/instances/3/actions/kill');
  await statusesAre('queued', ['IN_PROGRESS', 'STOPPED', 'FAILED', 'CREATED']);
  gate.open();
  await statusesAre('queued', ['SUCCEEDED', 'STOPPED', 'FAILED', 'SUCCEEDED']);
});

test('a running instance is stopped, another one killed, and their steps with them', async () => {
  await gated('running', 'parallel');
  await system.runs.start('running');
  await system.runs.start('running');
  for (const instance of [1, 2]) await system.runs.stepIs('running', 'wait', ['RUNNING'], instance);
  await system.rest.succeed('PUT', '/workflows/running/instances/1/runs/1/actions/stop');
  await system.rest.succeed('PUT', '/workflows/running/instances/2/runs/1/actions/kill');
  await statusesAre('running', ['STOPPED', 'FAILED']);
  for (const instance of [1, 2]) expect(await system.runs.statuses('running', instance)).toEqual({ wait: 'STOPPED' });
});

test('all instances of a workflow are stopped at once', async () => {
  await gated('all', 'sequential');
  for (let index = 0; index < 5; index += 1) await system.runs.start('all');
  await system.rest.succeed('PUT', '/workflows/all/actions/stop');
  await statusesAre('all', Array<string>(5).fill('STOPPED'));
});

test('a switch of the run strategy that would break its promise is refused, and nothing changes', async () => {
  const gate = await gated('switch', 'parallel');
  await system.runs.start('switch');
  await system.runs.start('switch');
  const body = { run_strategy: 'first_only' };
  const refused = await system.rest.ask('POST', '/workflows/switch/properties', { body });
  expect(refused).toMatchObject({ status: 412, body: { code: 'RUN_STRATEGY_SWITCH_REFUSED' } });
  gate.open();
  await statusesAre('switch', ['SUCCEEDED', 'SUCCEEDED']);
  expect((await system.rest.ask('POST', '/workflows/switch/properties', { body })).status).toBe(200);
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
