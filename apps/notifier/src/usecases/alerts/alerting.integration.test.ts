import { AlertingFixture } from '../../testing/alerting-fixture.js';
import { textParams } from '../../testing/scripted-runs.js';
import { jsonCloudEvent } from '../json-cloud-event.js';
import { protobufCloudEvent } from '../protobuf-cloud-event.js';

const MINUTE = 60_000;
const EMAIL = { emails: ['team@example.com'] };
const run = (workflowId: string, instanceId = 1n) => ({ workflowId, instanceId, runId: 1n });

let fixture: AlertingFixture;
beforeAll(async () => (fixture = await AlertingFixture.start()));
afterAll(() => fixture.stop());

/** What was sent of a workflow since the test began. */
const sentTo = async (workflowId: string) =>
  (await fixture.sent()).filter(({ message_id }) => message_id.includes(`/${workflowId}`));
const targets = async (workflowId: string) =>
  (await sentTo(workflowId)).map(({ channel, target }) => `${channel} ${target}`);
const subjects = async (workflowId: string) => (await sentTo(workflowId)).map(({ payload }) => payload['subject']);

test('a failure is told once, however often it is heard, with what the step said and addresses of the run', async () => {
  fixture.wants('once', {
    emails: ['${team}@example.com', '${nobody}@example.com'],
    pagerduties: ['oncall'],
    bypassDigestConfig: { workflow: true },
  });
  fixture.scheduler.runs(run('once'), { params: textParams({ team: 'etl' }) });
  fixture.scheduler.has(run('once'), { stepId: 'load', status: 'FATALLY_FAILED', errors: ['exit code 3'] });
  const failed = fixture.step('once', 'load', ['RUNNING', 'FATALLY_FAILED']);
  await fixture.process().listener.hear([failed, failed]);
  await fixture.process().listener.hear([failed]);
  expect(await targets('once')).toEqual(['email etl@example.com', 'pagerduty oncall']);
  const events = fixture.heard.filter((event) => event.type === 'alert' && event.workflowId === 'once');
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  expect(jsonCloudEvent(events[0]!)).toMatchObject({
    type: 'io.maestro.alert.step-failure',
    source: '/maestro/notifier',
    subject: 'once/1/1/load',
    data: { workflow_id: 'once', workflow_instance_id: 1n, step_id: 'load', details: ['exit code 3'] },
  });
  expect(protobufCloudEvent(events[0]!).length).toBeGreaterThan(100);
  const [email] = await sentTo('once');
  expect(email?.payload['text']).toContain('exit code 3');
  expect(email?.payload['text']).toContain('http://ui/workflows/once/instances/1/runs/1/steps/load');
  const [alert] = await fixture.stored('once');
  expect(alert).toMatchObject({ state: 'OPEN', told: true, problems: [expect.stringContaining('nobody')] });
});

test('a workflow that wants nothing costs one question, and its iterations none', async () => {
  fixture.wants('silent', undefined);
  fixture.asked = 0;
  const { listener } = fixture.process();
  for (let n = 1n; n <= 20n; n += 1n)
    await listener.hear([fixture.run('silent', 'FAILED', n), fixture.run('maestro_foreach_x', 'FAILED', n)]);
  await fixture.process().listener.hear([fixture.run('silent', 'FAILED', 30n)]);
  expect(fixture.asked).toBe(1);
  expect(await fixture.stored('silent')).toEqual([]);
});

test('failures of one run are gathered, and told in one message when the run ends; those of another run in another', async () => {
  fixture.wants('digest', EMAIL);
  const { listener } = fixture.process();
  await listener.hear([
    fixture.step('digest', 'a', ['RUNNING', 'FATALLY_FAILED']),
    fixture.step('digest', 'b', ['RUNNING', 'FATALLY_FAILED']),
  ]);
  expect(await fixture.alerts.tellDue()).toBe(0);
  expect(await targets('digest')).toEqual([]);
  await listener.hear([fixture.run('digest', 'FAILED')]);
  expect(await fixture.alerts.tellDue()).toBe(1);
  expect(await fixture.alerts.tellDue()).toBe(0);
  expect(await subjects('digest')).toEqual(['[Maestro] 2 failures in run digest/1/1']);
  expect((await fixture.stored('digest')).map(({ alert }) => alert.key)).toEqual([
    'STEP_FAILURE/digest/1/1/b#1',
    'STEP_FAILURE/digest/1/1/a#1',
  ]);
});

test('a run that fails without a failed step is told of, too', async () => {
  fixture.wants('params', EMAIL);
  await fixture.process().listener.hear([fixture.run('params', 'FAILED')]);
  await fixture.alerts.tellDue();
  expect(await subjects('params')).toEqual(['[Maestro] run params/1/1 ended FAILED']);
});

test('gathering ends after a while, and a step that was run again fails anew', async () => {
  fixture.wants('slow', EMAIL);
  const { listener } = fixture.process();
  await listener.hear([fixture.step('slow', 'a', ['RUNNING', 'FATALLY_FAILED'])]);
  expect(await fixture.alerts.nextDue()).toBeLessThanOrEqual(fixture.time.now + MINUTE);
  fixture.time.now += MINUTE;
  await fixture.alerts.tellDue();
  await listener.hear([fixture.step('slow', 'a', ['RUNNING', 'FATALLY_FAILED'], 2)]);
  fixture.time.now += MINUTE;
  await fixture.alerts.tellDue();
  expect(await subjects('slow')).toEqual([
    '[Maestro] step slow/1/1/a failed for good: FATALLY_FAILED, attempt 1',
    '[Maestro] step slow/1/1/a failed for good: FATALLY_FAILED, attempt 2',
  ]);
});

test('what was put right before anybody was told is told nobody', async () => {
  fixture.wants('mended', EMAIL);
  const { listener } = fixture.process();
  await listener.hear([fixture.step('mended', 'a', ['RUNNING', 'FATALLY_FAILED'])]);
  await listener.hear([fixture.step('mended', 'a', ['RUNNING', 'SUCCEEDED'], 2)]);
  fixture.time.now += MINUTE;
  await fixture.alerts.tellDue();
  expect(await targets('mended')).toEqual([]);
  expect(await fixture.stored('mended')).toMatchObject([{ state: 'RESOLVED' }]);
});

test('an incident is acknowledged, and resolved when the run succeeds at last', async () => {
  fixture.wants('incident', { pagerduties: ['oncall'] });
  const { listener } = fixture.process();
  await listener.hear([
    fixture.step('incident', 'a', ['RUNNING', 'FATALLY_FAILED']),
    fixture.run('incident', 'FAILED'),
  ]);
  await fixture.alerts.tellDue();
  const [alert] = await fixture.stored('incident');
  expect(await fixture.alerts.acknowledge(alert?.key ?? 0n, 'ada')).toMatchObject({
    state: 'ACKNOWLEDGED',
    acknowledgedBy: 'ada',
  });
  expect(await fixture.alerts.acknowledge(alert?.key ?? 0n, 'bob')).toMatchObject({ acknowledgedBy: 'ada' });
  expect(await fixture.alerts.acknowledge(999_999n, 'bob')).toBeUndefined();
  expect(await fixture.alerts.isResolved('STEP_FAILURE/incident/1/1/a')).toBe(false);
  await listener.hear([fixture.run('incident', 'SUCCEEDED')]);
  expect(await fixture.alerts.isResolved('STEP_FAILURE/incident/1/1/a')).toBe(true);
  expect(await fixture.alerts.isResolved('TEST/incident#1')).toBe(false);
  await listener.hear([fixture.run('incident', 'SUCCEEDED')]);
  const payloads = (await sentTo('incident')).map(({ payload }) => [payload['event_action'], payload['dedup_key']]);
  expect(payloads).toEqual([
    ['trigger', 'STEP_FAILURE/incident/1/1/a'],
    ['acknowledge', 'STEP_FAILURE/incident/1/1/a'],
    ['resolve', 'STEP_FAILURE/incident/1/1/a'],
  ]);
  expect(await fixture.stored('incident')).toMatchObject([{ state: 'RESOLVED' }]);
});

test('an incident of several failures is resolved when the last of them is', async () => {
  fixture.wants('both', { pagerduties: ['oncall'] });
  const { listener } = fixture.process();
  await listener.hear(['a', 'b'].map((id) => fixture.step('both', id, ['RUNNING', 'FATALLY_FAILED'])));
  fixture.time.now += MINUTE;
  await fixture.alerts.tellDue();
  await listener.hear([fixture.step('both', 'a', ['RUNNING', 'SUCCEEDED'], 2)]);
  expect((await sentTo('both')).map(({ payload }) => payload['event_action'])).toEqual(['trigger']);
  await listener.hear([fixture.step('both', 'b', ['RUNNING', 'SUCCEEDED'], 2)]);
  const actions = (await sentTo('both')).map(({ payload }) => [payload['event_action'], payload['dedup_key']]);
  expect(actions).toEqual([
    ['trigger', 'STEP_FAILURE/both/1/1'],
    ['resolve', 'STEP_FAILURE/both/1/1'],
  ]);
});

test('what runs for too long is told of once, by whichever process looks, and may be stopped', async () => {
  fixture.wants('long', {
    ...EMAIL,
    typeConfigs: { LONG_RUNNING: { durationMinutes: 1, actions: ['EMAIL', 'CANCEL'] } },
  });
  fixture.scheduler.runs(run('long'));
  await fixture.process().listener.hear([fixture.run('long', 'IN_PROGRESS')]);
  expect(await fixture.process().look()).toBe(0);
  fixture.time.now += MINUTE;
  expect(await fixture.process().look()).toBe(1);
  expect(await fixture.process().look()).toBe(0);
  expect(await targets('long')).toEqual(['email team@example.com', 'cancel long/1/1']);
  await fixture.process().listener.hear([fixture.run('long', 'STOPPED')]);
  expect(await fixture.stored('long')).toMatchObject([{ state: 'RESOLVED' }]);
});

test('what has ended in time, heard or not, is not late', async () => {
  fixture.wants('quick', { ...EMAIL, typeConfigs: { LONG_RUNNING: { durationMinutes: 1, granularity: 'ALL' } } });
  const { listener, look } = fixture.process();
  fixture.scheduler.runs(run('quick'), { status: 'SUCCEEDED' });
  await listener.hear([fixture.step('quick', 'a', ['CREATED', 'RUNNING']), fixture.run('quick', 'IN_PROGRESS')]);
  fixture.time.now += MINUTE;
  expect(await look()).toBe(2);
  expect(await targets('quick')).toEqual([]);
  expect(await fixture.alerts.nextDue()).toBeUndefined();
});

test('a step that waits too long for signals is told of, and put right when they come', async () => {
  fixture.wants('waits', { ...EMAIL, typeConfigs: { DEPENDENCY_LATE: { durationMinutes: 5 } } });
  fixture.scheduler.runs(run('waits'));
  fixture.scheduler.has(run('waits'), { stepId: 'a', status: 'WAITING_FOR_SIGNALS', errors: [] });
  const { listener, look } = fixture.process();
  await listener.hear([fixture.step('waits', 'a', ['CREATED', 'WAITING_FOR_SIGNALS'])]);
  fixture.time.now += 5 * MINUTE;
  await look();
  expect(await subjects('waits')).toEqual(['[Maestro] step waits/1/1/a waits for signals for longer than 5 min']);
  await listener.hear([fixture.step('waits', 'a', ['WAITING_FOR_SIGNALS', 'RUNNING'])]);
  expect(await fixture.stored('waits')).toMatchObject([{ state: 'RESOLVED' }]);
});

test('a completion time is foreseen from history, and then missed: two messages of one incident', async () => {
  fixture.wants('tct', { ...EMAIL, tct: { durationMinutes: 10 } });
  const { listener, look } = fixture.process();
  for (const instance of [1n, 2n, 3n]) {
    const startTime = fixture.time.now;
    fixture.scheduler.runs(run('tct', instance), { status: 'SUCCEEDED', startTime, endTime: startTime + 12 * MINUTE });
    await listener.hear([fixture.run('tct', 'SUCCEEDED', instance)]);
  }
  const late = run('tct', 4n);
  fixture.scheduler.runs(late, { runTs: fixture.time.now, startTime: fixture.time.now });
  await listener.hear([fixture.run('tct', 'IN_PROGRESS', 4n)]);
  expect(await look()).toBe(1);
  expect(await subjects('tct')).toEqual([expect.stringContaining('run tct/4/1 will probably not be complete by')]);
  fixture.time.now += 10 * MINUTE;
  expect(await fixture.process().look()).toBe(1);
  expect(await subjects('tct')).toHaveLength(2);
  expect((await fixture.stored('tct')).map(({ alert }) => [alert.key, alert.incident])).toEqual([
    ['TCT_VIOLATION/tct/4/1', 'TCT_VIOLATION/tct/4/1'],
    ['TCT_VIOLATION/tct/4/1#predicted', 'TCT_VIOLATION/tct/4/1'],
  ]);
});

test('steps have a history of their own', async () => {
  const typeConfigs = { TCT_VIOLATION: { granularity: 'STEP', durationMinutes: 10 } } as const;
  fixture.wants('steps', { ...EMAIL, typeConfigs });
  const { listener, look } = fixture.process();
  const [startTime, endTime] = [fixture.time.now, fixture.time.now + 11 * MINUTE];
  for (const instance of [1n, 2n, 3n]) {
    fixture.scheduler.runs(run('steps', instance), { status: 'SUCCEEDED', startTime, endTime });
    fixture.scheduler.has(run('steps', instance), { stepId: 'a', status: 'SUCCEEDED', errors: [], startTime, endTime });
    await listener.hear([fixture.run('steps', 'SUCCEEDED', instance)]);
  }
  fixture.scheduler.runs(run('steps'));
  fixture.scheduler.has(run('steps'), { stepId: 'a', status: 'RUNNING', errors: [], startTime });
  await listener.hear([fixture.step('steps', 'a', ['CREATED', 'RUNNING'])]);
  await look();
  expect(await subjects('steps')).toEqual([
    expect.stringContaining('step steps/1/1/a will probably not be complete by'),
  ]);
});

test('a workflow that has not succeeded for too long is told of, again after each success', async () => {
  fixture.wants('daily', { ...EMAIL, typeConfigs: { SUCCESS_WITHIN: { durationMinutes: 60 } } });
  const { listener, look } = fixture.process();
  await listener.hear([fixture.changed('daily', 'pushed')]);
  fixture.time.now += 60 * MINUTE;
  await look();
  expect(await subjects('daily')).toEqual(['[Maestro] workflow daily has not succeeded for 1 h']);
  await look();
  await listener.hear([fixture.run('daily', 'SUCCEEDED')]);
  expect(await fixture.stored('daily')).toMatchObject([{ state: 'RESOLVED' }]);
  fixture.time.now += 60 * MINUTE;
  await look();
  expect(await subjects('daily')).toHaveLength(2);
  const { activeVersion: _none, ...inactive } = fixture.changed('daily', 'deactivated');
  await listener.hear([fixture.run('daily', 'SUCCEEDED'), inactive]);
  expect(await fixture.alerts.findWatch('SUCCESS_WITHIN/daily')).toBeUndefined();
});

test('changes of a definition are told where that is wanted, old ones never, and alerting can be switched off', async () => {
  const { listener } = fixture.process();
  fixture.wants('changes', { ...EMAIL, typeConfigs: { DEFINITION_CHANGE: {} } });
  const old = fixture.changed('changes', 'pushed', { time: fixture.time.now - 25 * 60 * MINUTE });
  const pushed = fixture.changed('changes', 'pushed', { activeVersion: 2n, latestVersion: 2n });
  await listener.hear([old, pushed, pushed]);
  expect(await subjects('changes')).toEqual([
    '[Maestro] workflow changes was pushed as version 2, which is active, by ada',
  ]);
  fixture.properties.set('changes', { ...fixture.properties.get('changes'), alertingDisabled: true });
  await listener.hear([fixture.changed('changes', 'properties-changed')]);
  await listener.hear([fixture.run('changes', 'FAILED'), fixture.changed('changes', 'properties-changed')]);
  expect(await targets('changes')).toHaveLength(2);
});

test('of a workflow that is removed nothing is watched and nothing is open', async () => {
  fixture.wants('gone', { ...EMAIL, typeConfigs: { LONG_RUNNING: { durationMinutes: 1 } } });
  const { listener, look } = fixture.process();
  await listener.hear([fixture.run('gone', 'IN_PROGRESS'), fixture.step('gone', 'a', ['RUNNING', 'FATALLY_FAILED'])]);
  fixture.properties.delete('gone');
  await listener.hear([fixture.changed('gone', 'removed')]);
  fixture.time.now += 2 * MINUTE;
  expect(await look()).toBe(0);
  expect(await fixture.stored('gone')).toMatchObject([{ state: 'RESOLVED' }]);
});

test('alerts are listed by what they are, and forgotten when they are old and resolved', async () => {
  const page = { size: 2, direction: 'older' } as const;
  const open = await fixture.alerts.list({ types: ['STEP_FAILURE'], states: ['OPEN'] }, page);
  expect(open.items).toHaveLength(2);
  expect(open.totalCount).toBeGreaterThan(2n);
  const next = await fixture.alerts.list(
    { types: ['STEP_FAILURE'], states: ['OPEN'] },
    { ...page, cursor: open.older ?? 0n },
  );
  expect(next.items[0]?.key).toBeLessThan(open.items[1]?.key ?? 0n);
  const before = open.totalCount;
  expect(await fixture.alerts.deleteOld(fixture.time.now + 1)).toBe(false);
  expect(await fixture.stored('incident')).toEqual([]);
  expect((await fixture.alerts.list({ types: ['STEP_FAILURE'], states: ['OPEN'] }, page)).totalCount).toBe(before);
});

test('alerts are listed for each tenant', async () => {
  fixture.wants('of-ads', EMAIL);
  const { listener } = fixture.process();
  await listener.hear([{ ...fixture.step('of-ads', 'a', ['RUNNING', 'FATALLY_FAILED']), tenant: 'ads' }]);
  const listed = async (tenant: string) =>
    (await fixture.alerts.list({ tenant, types: [], states: [] }, { size: 100, direction: 'older' })).items.map(
      ({ alert }) => alert.subject.workflowId,
    );
  expect(await listed('ads')).toEqual(['of-ads']);
  expect(await listed('default')).not.toContain('of-ads');
  expect(await listed('odd')).toEqual([]);
});

test('events that are heard together are told in their order', async () => {
  fixture.wants('order', { ...EMAIL, pagerduties: ['oncall'], bypassDigestConfig: { workflow: true } });
  await fixture
    .process()
    .listener.hear([
      fixture.step('order', 'a', ['RUNNING', 'FATALLY_FAILED']),
      fixture.step('order', 'a', ['RUNNING', 'SUCCEEDED'], 2),
      fixture.step('order', 'a', ['RUNNING', 'FATALLY_FAILED'], 3),
    ]);
  const paged = (await sentTo('order')).filter(({ channel }) => channel === 'pagerduty');
  expect(paged.map(({ payload }) => payload['event_action'])).toEqual(['trigger', 'resolve', 'trigger']);
  expect((await fixture.stored('order')).map(({ state }) => state)).toEqual(['OPEN', 'RESOLVED']);
});
