import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@maestro/testing';
import { AlertReceivers } from './testing/alert-receivers.js';
import { maestroCli } from './testing/cli.js';
import { shell, step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(180_000);

const receivers = new AlertReceivers();
let system: System;

beforeAll(async () => {
  system = await System.start(await receivers.start());
  await startSlowOnes();
}, 180_000);
afterAll(async () => {
  await system.stop();
  await receivers.stop();
}, 60_000);

const cli = (...args: string[]) => maestroCli(system.restUrl)(...args);
const fails = (id: string): unknown => shell(id, 'echo no such table >&2; exit 3');
const to = (name: string): string => `${name}@example.com`;
const alerting = (name: string, more: object = {}): Record<string, unknown> => ({
  properties: { alerting: { emails: [to(name)], ...more } },
});

/** These last longer than a minute: they begin with the tests, and are looked at by the last. */
async function startSlowOnes(): Promise<void> {
  const limit = { duration_minutes: 1 };
  await system.runs.pushSteps(
    'long',
    [step('nap', 'Sleep', { params: { sleep_seconds: { type: 'LONG', value: 600 } } })],
    alerting('long', {
      type_configs: { LONG_RUNNING: { ...limit, granularity: 'all', actions: ['email', 'cancel'] } },
    }),
  );
  await system.runs.pushSteps(
    'late',
    [step('a', 'NoOp', { signal_dependencies: [{ name: 'never', match_params: {} }] })],
    alerting('late', { type_configs: { DEPENDENCY_LATE: limit } }),
  );
  await system.runs.pushSteps(
    'daily',
    [step('a', 'NoOp')],
    alerting('daily', { type_configs: { SUCCESS_WITHIN: limit } }),
  );
  await Promise.all([system.runs.start('long'), system.runs.start('late')]);
}

test('a failure is told once by e-mail, to Slack and to PagerDuty, and put right by the restart that succeeds', async () => {
  const mended = join(system.dataDir, 'mended');
  await system.runs.pushSteps('fails', [shell('load', `test -e ${mended} || { echo no such table; exit 3; }`)], {
    params: { team: text('etl') },
    properties: {
      alerting: {
        emails: ['${team}@example.com'],
        pagerduties: ['oncall'],
        slack: { channels: ['data'], mention_users: ['U0123456'] },
        pagerduty_config: { severity: 'critical' },
      },
    },
  });
  await system.runs.start('fails');
  expect((await system.runs.ended('fails')).status).toBe('FAILED');
  expect(await receivers.gets(to('etl'), 1)).toEqual([
    '[Maestro] step fails/1/1/load failed for good: FATALLY_FAILED, attempt 1',
  ]);
  await waitUntil(() => receivers.slack.messages.length === 1 && receivers.pagerduty.events.length === 1);
  expect(receivers.slack.messages[0]).toMatchObject({ channel: '#data' });
  expect(JSON.stringify(receivers.slack.messages[0])).toContain('<@U0123456>');
  expect(receivers.pagerduty.events[0]).toMatchObject({
    event_action: 'trigger',
    dedup_key: 'STEP_FAILURE/fails/1/1/load',
    payload: { severity: 'critical', class: 'STEP_FAILURE' },
  });
  writeFileSync(mended, '');
  await system.rest.succeed('POST', '/workflows/fails/instances/1/actions/restart', {
    body: {},
  });
  await waitUntil(() => receivers.pagerduty.events.length === 2, { describe: 'the incident is resolved' });
  expect(receivers.pagerduty.events[1]).toMatchObject({
    event_action: 'resolve',
    dedup_key: 'STEP_FAILURE/fails/1/1/load',
  });
  expect(receivers.ids(to('etl'))).toHaveLength(1);
});

test('failures of one run are one message; steps that bypass the digest have their own', async () => {
  const steps = [fails('a'), fails('b'), fails('urgent')];
  await system.runs.pushSteps('digest', steps, alerting('digest', { bypass_digest_config: { steps: ['urgent'] } }));
  await system.runs.start('digest');
  await system.runs.ended('digest');
  const subjects = await receivers.gets(to('digest'), 2);
  expect([...subjects].sort()).toEqual([
    '[Maestro] 2 failures in run digest/1/1',
    '[Maestro] step digest/1/1/urgent failed for good: FATALLY_FAILED, attempt 1',
  ]);
});

test('success, breakpoints and changes of the definition are told to those who ask for them', async () => {
  const type_configs = { RUN_SUCCESS: {}, BREAKPOINT_HIT: {}, DEFINITION_CHANGE: {} };
  const steps = [step('a', 'NoOp', then('b')), step('b', 'NoOp')];
  await system.runs.pushSteps('notices', steps, alerting('notices', { type_configs }));
  await system.rest.succeed('POST', '/workflows/steps/breakpoints', { body: { workflow_id: 'notices', step_id: 'b' } });
  await system.runs.start('notices');
  const paused = '[Maestro] step notices/1/1/b is paused by a breakpoint';
  await waitUntil(() => receivers.subjects(to('notices')).includes(paused), { describe: 'the breakpoint is told' });
  await system.rest.succeed('DELETE', '/workflows/steps/breakpoints?workflowId=notices&stepId=b');
  const subjects = await receivers.gets(to('notices'), 3);
  expect([...subjects].sort()).toEqual([
    '[Maestro] run notices/1/1 succeeded',
    paused,
    '[Maestro] workflow notices was pushed as version 1, which is active, by ada',
  ]);
});

test('a completion time is foreseen from the runs before, and then missed', async () => {
  const seconds = { sleep_seconds: { type: 'LONG', value: 4 } };
  const steps = [step('nap', 'Sleep', { params: seconds })];
  await system.runs.pushSteps('tct', steps);
  await Promise.all([1, 2, 3].map(() => system.runs.finish('tct')));
  const tct = { completed_by_ts: Date.now() + 2_500 };
  await system.runs.pushSteps('tct', steps, alerting('tct', { tct }));
  await system.runs.start('tct');
  expect(await receivers.gets(to('tct'), 2)).toEqual([
    expect.stringContaining('run tct/4/1 will probably not be complete by'),
    expect.stringContaining('run tct/4/1 is not complete by'),
  ]);
  expect((await system.runs.ended('tct', 4)).status).toBe('SUCCEEDED');
});

test('what cannot be delivered is a dead letter, which is sent again when that is mended; alerts can be tried out', async () => {
  await system.runs.pushSteps('dead', [fails('a')], alerting('nobody'));
  await system.runs.start('dead');
  const dead = async (): Promise<string> => (await cli('deliveries', '--state', 'dead', '--workflow', 'dead')).stdout;
  await waitUntil(async () => (await dead()).includes('no such user'), { timeoutMs: 30_000, describe: 'it is dead' });
  receivers.mails.knowsEverybody = true;
  const id = /^(\d+) /m.exec(await dead())?.[1] ?? '';
  expect((await cli('deliveries', 'retry', id)).stdout).toContain(
    `delivery ${id} is sent again to email ${to('nobody')}`,
  );
  await receivers.gets(to('nobody'), 1);
  const listed = await cli('alerts', '--workflow', 'dead');
  expect(listed.stdout).toContain('step dead/1/1/a failed for good');
  const alert = /^(\d+) /m.exec(listed.stdout)?.[1] ?? '';
  expect((await cli('alerts', 'ack', alert)).stdout).toContain('looks after');
  expect((await cli('alerts', 'test', 'dead')).stdout).toContain(`email      ${to('nobody')}`);
  expect((await receivers.gets(to('nobody'), 2)).at(-1)).toMatch(
    /^\[Maestro\] test of STEP_FAILURE alerts of workflow dead, by /,
  );
});

test('kill -9 of the notifier, again and again, loses no alert; what is sent twice is known by its id', async () => {
  const [kills, between] = [3, 12];
  const RUNS = kills * between;
  await system.runs.pushSteps('crash', [fails('a')], alerting('crash', { pagerduties: ['oncall'] }));
  const before = receivers.pagerduty.events.length;
  for (let kill = 1; kill <= kills; kill += 1) {
    const told = receivers.ids(to('crash')).length;
    await Promise.all(Array.from({ length: between }, () => system.runs.start('crash')));
    await waitUntil(() => receivers.ids(to('crash')).length > told, { timeoutMs: 60_000, describe: 'alerts arrive' });
    const pid = system.pid('notifier');
    system.kill('notifier');
    await waitUntil(() => ![0, pid].includes(system.pid('notifier')), { describe: 'the notifier is started again' });
  }
  await receivers.gets(to('crash'), RUNS, 90_000);
  const keys = (): readonly string[] => receivers.pagerduty.events.slice(before).map(({ dedup_key }) => dedup_key);
  await waitUntil(() => new Set(keys()).size === RUNS, { timeoutMs: 90_000, describe: 'all are paged' });
  await waitUntil(async () => (await unsettled()) === 0, { timeoutMs: 60_000, describe: 'nothing is left to send' });
  expect(new Set(receivers.ids(to('crash'))).size).toBe(RUNS);
  // Only what was being sent at a kill is sent again.
  expect(receivers.ids(to('crash')).length).toBeLessThanOrEqual(RUNS + kills * 4);
  const alerts = await system.sql(`select count(*)::int as n from notifier.alert where workflow_id = 'crash'`);
  expect(alerts).toEqual([{ n: RUNS }]);
});

async function unsettled(): Promise<number> {
  const [row] = await system.sql<{ n: number }>(
    `select count(*)::int as n from notifier.delivery where workflow_id = 'crash' and state = 'PENDING'`,
  );
  return row?.n ?? -1;
}

test('what takes longer than a minute is told of, and stopped where that is wanted', async () => {
  const slow = { timeoutMs: 100_000 };
  expect([...(await receivers.gets(to('long'), 2, slow.timeoutMs))].sort()).toEqual([
    '[Maestro] run long/1/1 runs for longer than 1 min',
    '[Maestro] step long/1/1/nap runs for longer than 1 min',
  ]);
  expect((await system.runs.ended('long')).status).toBe('STOPPED');
  expect(await receivers.gets(to('late'), 1, slow.timeoutMs)).toEqual([
    '[Maestro] step late/1/1/a waits for signals for longer than 1 min',
  ]);
  expect(await receivers.gets(to('daily'), 1, slow.timeoutMs)).toEqual([
    '[Maestro] workflow daily has not succeeded for 1 min',
  ]);
  await system.runs.finish('daily');
  const resolved = `select state from notifier.alert where workflow_id in ('daily', 'long') and state <> 'RESOLVED'`;
  await waitUntil(async () => (await system.sql(resolved)).length === 0, { describe: 'what is over is resolved' });
});
