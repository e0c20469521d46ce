import { waitUntil } from '@maestro/testing';
import { maestroCli, type CliAnswer } from './testing/cli.js';
import { step } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(120_000);

let system: System;
let maestro: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  system = await System.start();
  maestro = maestroCli(system.restUrl);
}, 120_000);

afterAll(() => system.stop(), 60_000);

interface TriggerBody {
  readonly trigger_id: string;
  readonly status: string;
  readonly watermark: number;
  readonly fired_count: number;
  readonly delay_millis: number;
  readonly next_nominal_times: readonly number[];
}

const EVERY_SECOND = { type: 'CRON', cron: '* * * * * ?' };

function push(id: string, triggers: readonly unknown[], properties: Record<string, unknown> = {}): Promise<unknown> {
  return system.runs.pushSteps(id, [step('a', 'NoOp')], { properties, time_triggers: triggers });
}

const triggersOf = (id: string): Promise<TriggerBody[]> => system.rest.succeed('GET', `/workflows/${id}/time-triggers`);

/** Nominal times of the runs of a workflow, in the order of their instances. */
async function firingsOf(id: string): Promise<number[]> {
  const found = await system.sql<{ at: string }>(
    `select params -> 'RUN_TS' ->> 'evaluatedResult' as at from scheduler.run where workflow_id = $1 order by instance_id`,
    [id],
  );
  return found.map(({ at }) => Number(at));
}

const atLeast = (id: string, count: number, timeoutMs = 20_000): Promise<boolean> =>
  waitUntil(async () => (await firingsOf(id)).length >= count, { timeoutMs, describe: `${id} has ${count} runs` });

test('a workflow starts by itself, at its nominal times, and its triggers are listed, paused, resumed and fired', async () => {
  await push('ticker', [EVERY_SECOND, { type: 'PREDEFINED', expression: '@daily', timezone: 'Asia/Tokyo' }]);
  await atLeast('ticker', 3);
  const firings = await firingsOf('ticker');
  expect(firings).toEqual(firings.map((_, index) => (firings[0] ?? 0) + index * 1_000));
  expect((firings[0] ?? 1) % 1_000).toBe(0);
  const run = await system.rest.succeed<{ initiator: unknown }>('GET', '/workflows/ticker/instances/1');
  expect(run.initiator).toMatchObject({ type: 'TIME', trigger_time: firings[0], timezone: 'UTC' });

  const listed = await maestro('triggers', 'list', 'ticker', '--next', '2');
  expect(listed.stdout).toMatch(/\* \* \* \* \* \? UTC +ACTIVE/);
  expect(listed.stdout).toMatch(/@daily Asia\/Tokyo .*T15:00:00Z \d{4}-\d\d-\d\dT15:00:00Z/);

  expect((await maestro('triggers', 'explain', 'ticker')).stdout).toMatch(
    /Its next time is .*\n[^]*It fired \d+ times: last for .* and started instance \d+/,
  );
  expect(await maestro('triggers', 'pause', 'ticker')).toMatchObject({ code: 0 });
  expect((await maestro('triggers', 'explain', 'ticker')).stdout).toContain('It is paused by ');
  const paused = (await triggersOf('ticker')).map(({ status }) => status);
  expect(paused).toEqual(['PAUSED', 'PAUSED']);
  const daily = (await triggersOf('ticker')).find(({ fired_count: fired }) => fired === 0)?.trigger_id ?? '';
  const fire = ['triggers', 'fire', 'ticker', daily, '--time', '2026-02-01T15:00:00Z'];
  expect((await maestro(...fire)).stdout).toContain('started for 2026-02-01T15:00:00Z');
  expect((await maestro(...fire)).stdout).toContain('had started for 2026-02-01T15:00:00Z');
  const became = await maestro('triggers', 'explain', 'ticker', daily, '--time', '2026-02-01T15:00:00Z');
  expect(became.stdout).toContain('It fired for 2026-02-01T15:00:00Z and started instance ');
  expect((await firingsOf('ticker')).filter((at) => at === Date.UTC(2026, 1, 1, 15))).toHaveLength(1);

  const before = (await firingsOf('ticker')).length;
  expect(await maestro('triggers', 'resume', 'ticker', '--skip-missed')).toMatchObject({ code: 0 });
  await atLeast('ticker', before + 2);
  expect(await maestro('triggers', 'pause', 'ticker', 'nonsense')).toMatchObject({ code: 1 });
  await maestro('triggers', 'pause', 'ticker');
});

test('params of a trigger, of every type, are params of its runs', async () => {
  const params = {
    s: { type: 'STRING', value: 'of ${region}' },
    l: { type: 'LONG', expression: 'RUN_TS + 1' },
    d: { type: 'DOUBLE', value: 0.5 },
    b: { type: 'BOOLEAN', value: true },
    sm: { type: 'STRING_MAP', value: { k: 'v' } },
    m: { type: 'MAP', value: { in: { type: 'MAP', value: { a: { type: 'LONG', value: 1 } } } } },
    sa: { type: 'STRING_ARRAY', value: ['x', 'y'] },
    la: { type: 'LONG_ARRAY', value: [1, 2] },
    da: { type: 'DOUBLE_ARRAY', value: [0.5, 1.5] },
    ba: { type: 'BOOLEAN_ARRAY', value: [true, false] },
  };
  await system.runs.pushSteps('given', [step('a', 'NoOp')], {
    params: { region: { type: 'STRING', value: 'eu' }, s: { type: 'STRING', value: 'none' } },
    time_triggers: [
      { type: 'CRON', cron: '0 0 1 1 *', params },
      { ...EVERY_SECOND, end_date: '2001-01-01' },
    ],
  });
  await waitUntil(async () => (await triggersOf('given')).length === 2);
  const yearly = (await triggersOf('given')).find(({ next_nominal_times: next }) => next.length > 0)?.trigger_id ?? '';
  const at = '2026-02-01T15:00:00Z';
  expect(await maestro('triggers', 'fire', 'given', yearly, '--time', at)).toMatchObject({ code: 0 });
  expect((await system.runs.ended('given', 1)).status).toBe('SUCCEEDED');
  const seen = Object.entries((await system.runs.get('given', 1)).params ?? {});
  expect(Object.fromEntries(seen.map(([name, { evaluated_result: result }]) => [name, result]))).toMatchObject({
    ...{ s: 'of eu', l: Date.parse(at) + 1, d: 0.5, b: true, sm: { k: 'v' }, m: { in: { a: 1 } } },
    ...{ sa: ['x', 'y'], la: [1, 2], da: [0.5, 1.5], ba: [true, false], RUN_TS: Date.parse(at) },
  });
});

test('an edit of one trigger leaves the others as they are; what is not active any more fires no more', async () => {
  const stays = { type: 'CRON', cron: '0 0 1 1 *' };
  await push('edited', [stays, EVERY_SECOND]);
  await atLeast('edited', 1);
  const [first] = (await triggersOf('edited')).filter(({ fired_count: fired }) => fired === 0);
  await push('edited', [
    { type: 'CRON', cron: '0 0 2 1 *' },
    { ...stays, catch_up: 'LATEST', fuzzy_max_delay: '1h' },
  ]);
  await waitUntil(async () => (await triggersOf('edited')).every(({ fired_count: fired }) => fired === 0));
  const after = (await triggersOf('edited')).find(({ trigger_id: id }) => id === first?.trigger_id);
  expect(after?.watermark).toBe(first?.watermark);
  expect(after?.delay_millis).toBeGreaterThan(0);

  await push('off', [EVERY_SECOND], { time_trigger_disabled: true });
  await push('gone', [EVERY_SECOND]);
  await atLeast('gone', 1);
  await system.rest.succeed('PUT', '/workflows/gone/actions/deactivate');
  await waitUntil(async () => (await triggersOf('gone')).length === 0);
  expect(await triggersOf('off')).toEqual([]);
  expect((await maestro('triggers', 'explain', 'off')).stdout).toContain('(SWITCHED_OFF)');
  expect((await maestro('triggers', 'explain', 'gone')).stdout).toContain('(INACTIVE)');
  expect(await firingsOf('off')).toEqual([]);
});

test('a delay longer than the period loses no firing; RUN_TS is the nominal time', async () => {
  await push('jittered', [{ ...EVERY_SECOND, fuzzy_max_delay: '1h' }]);
  await waitUntil(async () => (await triggersOf('jittered')).length === 1);
  const [{ delay_millis: delay } = { delay_millis: 0 }] = await triggersOf('jittered');
  expect(delay).toBeGreaterThan(1_000);
  const [row] = await system.sql<{ watermark: string }>(
    `update scheduler.time_trigger set watermark = watermark - $1, next_fire_at = 0, generation = generation + 1
     where workflow_id = 'jittered' returning watermark`,
    [delay + 10_000],
  );
  await atLeast('jittered', 15);
  const first = Math.floor(Number(row?.watermark) / 1_000) * 1_000 + 1_000;
  const firings = await firingsOf('jittered');
  expect(firings).toEqual(firings.map((_, index) => first + index * 1_000));
  expect(Math.max(...firings)).toBeLessThanOrEqual(Date.now() - delay);
});

test('a trigger that can never be is refused at push, with its field', async () => {
  const answer = await system.rest.ask('POST', '/workflows', {
    body: {
      properties: { owner: 'ada' },
      workflow: {
        id: 'refused',
        steps: [step('a', 'NoOp')],
        time_triggers: [{ type: 'CRON', cron: '0 0 25 * * ?', blackouts: ['13-40'], timezone: 'Mars/Base' }],
      },
    },
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain('time_triggers[0].cron');
  expect(JSON.stringify(answer.body)).toContain('Mars/Base');
  expect(await maestro('triggers', 'list', 'nosuch')).toMatchObject({ code: 1 });
});

test('after three days of outage ALL starts 4,320 runs, LATEST one, NONE none', async () => {
  const minutely = { type: 'CRON', cron: '* * * * *' };
  const days = 3 * 24 * 60;
  await push('all', [minutely]);
  await push('latest', [{ ...minutely, catch_up: 'LATEST' }]);
  await push('none', [{ ...minutely, catch_up: 'NONE' }]);
  const ids = ['all', 'latest', 'none'];
  for (const id of ids) await waitUntil(async () => (await triggersOf(id)).length === 1);
  const [row] = await system.sql<{ now: string }>(
    `update scheduler.time_trigger set watermark = watermark - $1, next_fire_at = 0, generation = generation + 1
     where workflow_id = any($2) returning (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now`,
    [days * 60_000, ids],
  );
  const outage = Number(row?.now);
  await atLeast('all', days, 60_000);
  await waitUntil(async () => (await triggersOf('none')).every(({ watermark }) => watermark > outage - 120_000));
  // A firing of the very last minute was not missed.
  const missed = async (id: string): Promise<number[]> => (await firingsOf(id)).filter((at) => at < outage - 60_000);
  const all = await missed('all');
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(days - 2);
  expect(all).toEqual([...all].sort((a, b) => a - b));
  expect((await firingsOf('latest')).length).toBeGreaterThanOrEqual(1);
  expect((await missed('latest')).length).toBeLessThanOrEqual(1);
  expect(await missed('none')).toEqual([]);
});
