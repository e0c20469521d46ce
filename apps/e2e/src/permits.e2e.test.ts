import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { executionsOf, MARKING_SCRIPT, mostAtOnce, overlapsIn } from './testing/marks.js';
import { literal, shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(90_000);

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

interface Permit {
  readonly max_allowed: number;
  readonly held: number;
  readonly waiting: number;
  readonly team?: string;
  readonly holders: readonly unknown[];
  readonly waiters: readonly unknown[];
}

const permitOf = (tag: string): Promise<Permit> => system.rest.succeed('GET', `/tag-permits/${tag}`);
const limit = (tag: string, max_allowed: number): Promise<unknown> =>
  system.rest.succeed('POST', '/tag-permits', { body: { tag, max_allowed, team: 'data' } });

/** The most lines "start" without their "end" at any time. */
function mostOpen(lines: readonly string[]): number {
  let [now, most] = [0, 0];
  for (const line of lines) {
    now += line === 'start' ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
}

test('of twelve steps with a tag of limit two never more than two run at once, and all finish', async () => {
  await limit('narrow', 2);
  const marks = join(system.dataDir, 'narrow.marks');
  const script = 'echo start >> "$MAESTRO_PARAM_MARKS"; sleep 0.2; echo end >> "$MAESTRO_PARAM_MARKS"';
  const steps = Array.from({ length: 12 }, (_, index) =>
    shell(`s${String(index)}`, script, { tags: ['narrow'], params: { marks: text(marks) } }),
  );
  await system.runs.pushSteps('limited', steps);
  const { workflow_instance_id: instance } = await system.runs.start('limited');
  expect((await system.runs.ended('limited', instance, 60_000)).status).toBe('SUCCEEDED');
  const lines = readFileSync(marks, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(24);
  expect(mostOpen(lines)).toBe(2);
  expect(await permitOf('narrow')).toMatchObject({ max_allowed: 2, held: 0, waiting: 0, team: 'data' });
  expect(await system.sql('select 1 from scheduler.permit')).toEqual([]);
});

test('kill -9 of those who grant and of those who hold: permits come back with their attempts, and none is granted twice', async () => {
  await limit('risky', 2);
  const marks = join(system.dataDir, 'risky.marks');
  const patient = {
    retry_policy: { platform_retry_limit: 20, backoff: { type: 'FIXED_BACKOFF', platform_retry_backoff_in_secs: 1 } },
  };
  const steps = Array.from({ length: 40 }, (_, index) => {
    const params = { script: literal(MARKING_SCRIPT), marks: text(marks), under: text('risky') };
    return step(`s${String(index)}`, 'Shell', { ...patient, tags: ['risky'], params });
  });
  await system.runs.pushSteps('killed', steps);
  const { workflow_instance_id: instance } = await system.runs.start('killed');
  for (const service of ['scheduler', 'executor', 'scheduler'] as const) {
    const before = executionsOf(marks).size;
    await waitUntil(() => executionsOf(marks).size > before + 4, {
      timeoutMs: 30_000,
      describe: 'permits are granted',
    });
    system.kill(service);
  }
  expect((await system.runs.ended('killed', instance, 60_000)).status).toBe('SUCCEEDED');
  expect(mostAtOnce(marks, 'risky')).toBe(2);
  expect(overlapsIn(marks)).toEqual([]);
  await expectNothingLeft(system);
});

test('a limit shows who holds it and who waits, in order, and lets go who waited when it is removed', async () => {
  await limit('gated', 1);
  const gate = new Gate(system, 'gated');
  await system.runs.pushSteps('waiting', [gate.step('first', { tags: ['gated'] })]);
  await system.runs.start('waiting');
  await system.runs.stepIs('waiting', 'first', ['RUNNING']);
  await system.runs.start('waiting');
  await system.runs.stepIs('waiting', 'first', ['WAITING_FOR_PERMITS'], 2);
  const named = (workflow_instance_id: number) => ({ workflow_id: 'waiting', workflow_instance_id, step_id: 'first' });
  expect(await permitOf('gated')).toMatchObject({ held: 1, waiting: 1, holders: [named(1)], waiters: [named(2)] });
  const why = await system.rest.succeed<object>('GET', '/workflows/waiting/instances/2/runs/1/explain');
  expect(JSON.stringify(why)).toContain('tag gated: 1 of 1 are held by waiting/1/first, and it is number 1 in line');
  await system.rest.succeed('DELETE', '/tag-permits/gated');
  await system.runs.stepIs('waiting', 'first', ['RUNNING'], 2);
  expect((await system.rest.ask('GET', '/tag-permits/gated')).status).toBe(404);
  gate.open();
  expect((await system.runs.ended('waiting', 1)).status).toBe('SUCCEEDED');
  expect((await system.runs.ended('waiting', 2)).status).toBe('SUCCEEDED');
  expect(await system.sql(`select 1 from scheduler.permit_tag where name = 'gated'`)).toEqual([]);
});

test('of a workflow with a step concurrency of one never two steps run, in whatever instance', async () => {
  const marks = join(system.dataDir, 'alone.marks');
  const script = 'echo start >> "$MAESTRO_PARAM_MARKS"; sleep 0.2; echo end >> "$MAESTRO_PARAM_MARKS"';
  const steps = ['a', 'b', 'c'].map((id) => shell(id, script, { params: { marks: text(marks) } }));
  await system.runs.pushSteps('alone', steps, { properties: { step_concurrency: 1 } });
  await Promise.all([system.runs.start('alone'), system.runs.start('alone')]);
  for (const instance of [1, 2]) expect((await system.runs.ended('alone', instance)).status).toBe('SUCCEEDED');
  const lines = readFileSync(marks, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(12);
  expect(mostOpen(lines)).toBe(1);
});

test('a step concurrency that is raised or reset holds at once, also for steps that wait', async () => {
  const gate = new Gate(system, 'raised');
  const change = (body: object) => system.rest.succeed('POST', '/workflows/raised/properties', { body });
  await system.runs.pushSteps('raised', [gate.step('one')], { properties: { step_concurrency: 1 } });
  await system.runs.start('raised');
  await system.runs.stepIs('raised', 'one', ['RUNNING']);
  for (const instance of [2, 3]) {
    await system.runs.start('raised');
    await system.runs.stepIs('raised', 'one', ['WAITING_FOR_PERMITS'], instance);
  }
  const why = await system.rest.succeed<object>('GET', '/workflows/raised/instances/2/runs/1/explain');
  expect(JSON.stringify(why)).toContain('tag maestro_raised: 1 of 1 are held by raised/1/one');
  await change({ step_concurrency: 2 });
  await system.runs.stepIs('raised', 'one', ['RUNNING'], 2);
  expect((await system.runs.step('raised', 'one', 3)).runtime_state.status).toBe('WAITING_FOR_PERMITS');
  await change({ reset_step_concurrency: true });
  await system.runs.stepIs('raised', 'one', ['RUNNING'], 3);
  gate.open();
  for (const instance of [1, 2, 3]) expect((await system.runs.ended('raised', instance)).status).toBe('SUCCEEDED');
  const left = () => system.sql(`select 1 from scheduler.permit_tag where name = 'maestro_raised'`);
  await waitUntil(async () => (await left()).length === 0, { describe: 'its limit is gone' });
});
