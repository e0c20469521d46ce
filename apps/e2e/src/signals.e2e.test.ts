import { waitUntil } from '@maestro/testing';
import { maestroCli } from './testing/cli.js';
import { allFaults } from './testing/faults.js';
import { expectNothingLeft } from './testing/invariants.js';
import { step, text } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(120_000);

let system: System;
const cli = (...args: string[]) => maestroCli(system.restUrl)(...args);
beforeAll(async () => void (system = await System.start()), 120_000);
afterAll(() => system.stop(), 60_000);

const long = (value: number): unknown => ({ type: 'LONG', value });
const expression = (of: string, type = 'LONG'): unknown => ({ type, expression: of });

/** A dependency on a signal whose params compare with these values of the workflow. */
function dependency(name: string, match: Record<string, [string, unknown]> = {}, more: object = {}): unknown {
  const entries = Object.entries(match).map(([key, [operator, param]]) => [key, { operator, param }]);
  return { name, match_params: Object.fromEntries(entries) as unknown, ...more };
}

interface Announced {
  readonly seq_id: number;
  readonly details?: unknown;
}

const announce = (name: string, params: object = {}, more: object = {}): Promise<Announced> =>
  system.rest.succeed('POST', '/signals', { body: { name, params, ...more } }) as unknown as Promise<Announced>;

async function waits(id: string, instance = 1): Promise<void> {
  const status = async (): Promise<boolean> =>
    (await system.runs.step(id, 'a', instance)).runtime_state.status === 'WAITING_FOR_SIGNALS';
  await waitUntil(status, { describe: `step a of ${id}/${instance} waits for its signals` });
}

test('a step waits for its signals, sees what they carried, and announces its own; lineage tells the whole way', async () => {
  await system.runs.pushSteps(
    'etl',
    [
      step('a', 'Echo', {
        signal_dependencies: [dependency('tbl/${region}/orders', { day: ['>=', long(5)] })],
        params: { day: expression("params.getFromSignalDependency('0', 'day')") },
        signal_outputs: [
          { name: 'tbl/out', params: { of: expression('day') }, payload: { rows: { type: 'LONG', value: 7 } } },
        ],
      }),
    ],
    { params: { region: text('eu') } },
  );
  await system.runs.start('etl');
  await waits('etl');
  const explained = await cli('explain', 'etl/1');
  expect(explained.stdout).toContain('signal tbl/eu/orders with day >= 5');
  await announce('tbl/eu/orders', { day: 4 });
  await announce('tbl/eu/orders', { day: 6 });
  expect((await system.runs.ended('etl', 1)).status).toBe('SUCCEEDED');
  const ended = await system.rest.succeed('GET', '/workflows/etl/instances/1/steps/a');
  expect(ended).toMatchObject({
    signal_dependencies: { dependencies: [{ status: 'MATCHED', signal_id: 2 }] },
    signal_outputs: { outputs: [{ name: 'tbl/out', params: { of: 6 }, payload: { rows: 7 }, signal_id: 1 }] },
  });
  const traced = await cli('signal', 'trace', 'etl/1', '--run', '1');
  expect(traced.stdout).toMatch(/^consumed tbl\/eu\/orders#2 by a\nemitted {2}tbl\/out#1 /);
  const lineage = await cli('signal', 'trace', 'tbl/eu/orders#2');
  expect(lineage.stdout).toContain('freed    etl/1/a');
  expect((await cli('signal', 'graph', 'etl')).stdout).toContain('(outside) --tbl/eu/orders--> frees steps of etl');
});

test('what was announced before frees a step at once; since when, and the newest first, are up to the definition', async () => {
  for (const n of [1, 2]) await announce('early', { n });
  const seen = { params: { n: expression("params.getFromSignalDependency('0', 'n')") } };
  await system.runs.pushSteps('early', [
    step('oldest', 'Echo', { signal_dependencies: [dependency('early')], ...seen }),
    step('newest', 'Echo', { signal_dependencies: [dependency('early', {}, { latest: true })], ...seen }),
    step('a', 'Echo', { signal_dependencies: [dependency('early', {}, { since: 'run_start' })], ...seen }),
  ]);
  await system.runs.start('early');
  await waits('early');
  await announce('early', { n: 3 });
  expect((await system.runs.ended('early', 1)).status).toBe('SUCCEEDED');
  const values = await Promise.all(['oldest', 'newest', 'a'].map((id) => system.runs.step('early', id)));
  expect(values.map(({ params }) => params?.['n']?.evaluated_result)).toEqual([1, 2, 3]);
});

test('a person lets a step go on without; a stopped run waits for nothing any more', async () => {
  await system.runs.pushSteps('bypass', [step('a', 'NoOp', { signal_dependencies: [dependency('never')] })]);
  await system.runs.start('bypass');
  await system.runs.start('bypass');
  await waits('bypass', 1);
  await waits('bypass', 2);
  expect((await cli('step', 'bypass', 'bypass/1/a')).code).toBe(0);
  expect((await system.runs.ended('bypass', 1)).status).toBe('SUCCEEDED');
  await system.rest.succeed('PUT', '/workflows/bypass/instances/2/actions/stop');
  expect((await system.runs.ended('bypass', 2)).status).toBe('STOPPED');
  const open = async (): Promise<boolean> =>
    (await system.sql(`select 1 from signal.wait where workflow_id = 'bypass' and seq_id is null`)).length === 0;
  await waitUntil(open, { describe: 'nobody waits for the signal any more' });
});

test('40 announcements at once get 40 dense numbers; the same one 40 times is one', async () => {
  const distinct = await Promise.all(Array.from({ length: 40 }, (_, n) => announce('dense', { n })));
  expect(distinct.map(({ seq_id }) => seq_id).sort((left, right) => left - right)).toEqual(
    Array.from({ length: 40 }, (_, n) => n + 1),
  );
  const same = await Promise.all(Array.from({ length: 40 }, () => announce('same', { n: 1 })));
  expect(same.filter(({ details }) => details === undefined)).toHaveLength(1);
  expect(new Set(same.map(({ seq_id }) => seq_id))).toEqual(new Set([1]));
});

test('a trigger starts its workflow once for each match, whatever dies in between', async () => {
  const KEYS = 120;
  await system.runs.pushSteps(
    'joined',
    [step('a', 'Echo', { params: { k: expression("params.getFromSignal('left', 'k')") } })],
    {
      signal_triggers: [
        {
          definitions: { left: { join_keys: ['k'] }, right: { join_keys: ['key'] } },
          params: { twice: expression('k * 2') },
          condition: "params.getFromSignal('right', 'n') >= 0",
        },
      ],
      params: { twice: expression("params.getFromSignal('twice')") },
    },
  );
  const faults = allFaults(system).filter(({ name }) => /scheduler|signal|definition/.test(name));
  const asks = Array.from({ length: 2 * KEYS }, (_, n) => ({ k: n >> 1, left: n % 2 === 0 }));
  asks.sort((one, other) => ((one.k * 53 + (one.left ? 7 : 0)) % 97) - ((other.k * 53 + (other.left ? 7 : 0)) % 97));
  for (const [index, { k, left }] of asks.entries()) {
    if (index % 60 === 30) await faults[(index / 30) % faults.length]?.inject();
    const [name, params] = left ? ['left', { k }] : ['right', { key: k, n: 0 }];
    const body = { name, params, request_id: `${name}-${k}` };
    const announced = async (): Promise<boolean> =>
      (await system.rest.ask('POST', '/signals', { body })).status === 200;
    await waitUntil(announced, { timeoutMs: 30_000, describe: `${name} ${k} is announced` });
  }
  const count = async (): Promise<number> =>
    Number(
      (
        await system.sql(
          `select count(*) as n from scheduler.run where workflow_id = 'joined' and status = 'SUCCEEDED'`,
        )
      )[0]?.['n'],
    );
  for (const service of ['definition', 'scheduler', 'signal', 'gateway'] as const) await system.ready(service);
  await waitUntil(async () => (await count()) >= KEYS, { timeoutMs: 60_000, describe: 'all runs have succeeded' });
  expect(await count()).toBe(KEYS);
  const first = await system.runs.get('joined', 1);
  expect(Number(first.params?.['twice']?.evaluated_result) / 2).toBe(
    (await system.runs.step('joined', 'a', 1)).params?.['k']?.evaluated_result,
  );
  await expectNothingLeft(system);
});

test('a join with 1,000 keys, announced in random order, starts exactly 1,000 runs, one for each key', async () => {
  const KEYS = 1_000;
  await system.runs.pushSteps('thousand', [step('a', 'NoOp')], {
    signal_triggers: [{ definitions: { k1: { join_keys: ['k'] }, k2: { join_keys: ['key'] } } }],
    params: { k: expression("params.getFromSignal('k1', 'k')"), key: expression("params.getFromSignal('k2', 'key')") },
  });
  const ofLeft = Array.from({ length: KEYS }, (_, k) => ({ name: 'k1', params: { k } }));
  const ofRight = Array.from({ length: KEYS }, (_, key) => ({ name: 'k2', params: { key } }));
  const asks = [...ofLeft, ...ofRight].map((ask) => ({ ask, at: Math.random() }));
  const shuffled = asks.sort((one, other) => one.at - other.at).map(({ ask }) => ask);
  // Several calls at a time, each with some of both.
  const parts = Array.from({ length: 8 }, (_, part) => shuffled.filter((_, index) => index % 8 === part));
  await Promise.all(parts.map((body) => system.rest.succeed('POST', '/signals', { body })));
  const runs = (): Promise<{ k: string; key: string }[]> =>
    system.sql(`select params->'k'->>'evaluatedResult' as k, params->'key'->>'evaluatedResult' as key
      from scheduler.run where workflow_id = 'thousand' and status = 'SUCCEEDED'`);
  await waitUntil(async () => (await runs()).length >= KEYS, {
    timeoutMs: 60_000,
    describe: 'all runs have succeeded',
  });
  const settled = async (): Promise<boolean> =>
    (await system.sql(`select 1 from signal.trigger_match where workflow_id = 'thousand' and state <> 'STARTED'`))
      .length === 0;
  await waitUntil(settled, { describe: 'all that fired is known to have started' });
  const found = await runs();
  expect(found.filter(({ k, key }) => k !== key)).toEqual([]);
  const keys = found.map(({ k }) => Number(k)).sort((one, other) => one - other);
  expect(keys).toEqual(Array.from({ length: KEYS }, (_, k) => k));
  expect(await system.sql('select * from signal.trigger_candidate')).toEqual([]);
});

test('a version that becomes active while a signal is announced fires with all announcements from one on, and none before', async () => {
  const all = 200;
  const announcing = Array.from({ length: all }, (_, n) => announce('crossing', { n }));
  const pushing = system.runs.pushSteps('crossing', [step('a', 'NoOp')], {
    signal_triggers: [{ definitions: { crossing: {} } }],
  });
  await Promise.all([pushing, ...announcing]);
  // The subscription is there for what is announced after the push was answered.
  await announce('crossing', { n: all });
  const used = async (): Promise<number[]> =>
    (
      await system.sql<{ seq_id: string }>(
        `select s.seq_id from signal.trigger_match m join signal.trigger_match_signal s using (match_id)
         where m.workflow_id = 'crossing' and m.state = 'STARTED' order by s.seq_id`,
      )
    ).map(({ seq_id }) => Number(seq_id));
  await waitUntil(async () => (await used()).includes(all + 1), { describe: 'the last one has started its run' });
  await waitUntil(async () => {
    const found = await used();
    return found.length === all + 2 - (found[0] ?? 0);
  });
  const found = await used();
  expect(found).toEqual(Array.from({ length: found.length }, (_, index) => (found[0] ?? 0) + index));
});

test('activated, deactivated and activated again with no signal in between: one subscription, one run', async () => {
  await system.runs.pushSteps('toggled', [step('a', 'NoOp')], { signal_triggers: [{ definitions: { toggle: {} } }] });
  for (let round = 0; round < 3; round += 1) {
    await system.rest.succeed('PUT', '/workflows/toggled/actions/deactivate');
    await system.rest.succeed('PUT', '/workflows/toggled/versions/1/actions/activate');
  }
  await announce('toggle', { n: 1 });
  const firings = async (): Promise<string> => (await cli('signal', 'firings', 'toggled')).stdout;
  await waitUntil(async () => /^started/m.test(await firings()), { describe: 'it has started' });
  expect((await firings()).trim().split('\n')).toHaveLength(1);
  expect((await cli('signal', 'triggers', 'toggled')).stdout.trim().split('\n')).toHaveLength(1);
});

test('a trigger whose expressions always fail is told, and holds up nobody', async () => {
  const bad = [{ definitions: { poison: {} }, params: { n: expression("params.getFromSignal('poison', 'n') / 0") } }];
  await system.runs.pushSteps('poisoned', [step('a', 'NoOp')], { signal_triggers: bad });
  await system.runs.pushSteps('healthy', [step('a', 'NoOp')], { signal_triggers: [{ definitions: { poison: {} } }] });
  for (let n = 0; n < 20; n += 1) await announce('poison', { n });
  const states = async (id: string): Promise<unknown[]> =>
    (await system.sql('select state from signal.trigger_match where workflow_id = $1', [id])).map(({ state }) => state);
  const allAre = async (id: string, wanted: string): Promise<boolean> =>
    (await states(id)).filter((state) => state === wanted).length === 20;
  await waitUntil(() => allAre('healthy', 'STARTED'), { describe: 'all of the healthy one have started' });
  await waitUntil(() => allAre('poisoned', 'FAILED'), { describe: 'all of the other one have failed' });
  expect((await cli('signal', 'explain', 'poisoned')).stdout).toMatch(/cannot start: params\.n .*zero/);
});

test('params of a trigger, of every type, reach the initiator and the run', async () => {
  const own = {
    s: { type: 'STRING', value: 'of ${n}' },
    l: { type: 'LONG', expression: 'n + 1' },
    d: { type: 'DOUBLE', expression: 'n / 4.0' },
    b: { type: 'BOOLEAN', expression: 'n > 1' },
    sm: { type: 'STRING_MAP', value: { k: 'v${n}' } },
    m: { type: 'MAP', value: { a: { type: 'LONG', value: 1 }, in: { type: 'MAP', value: { b: text('x') } } } },
    sa: { type: 'STRING_ARRAY', value: ['${n}', 'y'] },
    la: { type: 'LONG_ARRAY', value: [1, 2] },
    da: { type: 'DOUBLE_ARRAY', value: [0.5, 1.5] },
    ba: { type: 'BOOLEAN_ARRAY', value: [true, false] },
  };
  const read = Object.entries(own).map(([name, { type }]) => [
    name,
    expression(`params.getFromSignal('${name}')`, type),
  ]);
  const more = { not: expression('!b', 'BOOLEAN'), first: expression("sm['k']", 'STRING') };
  await system.runs.pushSteps('typed', [step('a', 'Echo', { params: { first: expression('la[0]') } })], {
    signal_triggers: [{ definitions: { typed: { join_keys: ['n'] } }, params: own }],
    params: { ...Object.fromEntries(read), ...more },
  });
  await announce('typed', { n: 3 });
  expect((await system.runs.ended('typed', 1)).status).toBe('SUCCEEDED');
  const values = {
    ...{ s: 'of 3', l: 4, d: 0.75, b: true, sa: ['3', 'y'], la: [1, 2], da: [0.5, 1.5], ba: [true, false] },
    ...{ sm: { k: 'v3' }, m: { a: 1, in: { b: 'x' } } },
  };
  const run = await system.rest.succeed<{ initiator: unknown }>('GET', '/workflows/typed/instances/1');
  const maps = { sm: { evaluated_result: values.sm }, m: { evaluated_result: values.m } };
  expect(run.initiator).toMatchObject({ type: 'SIGNAL', params: { ...values, ...maps } });
  const seen = Object.entries((await system.runs.get('typed', 1)).params ?? {});
  const results = Object.fromEntries(seen.map(([name, { evaluated_result: result }]) => [name, result]));
  expect(results).toMatchObject({ ...values, not: false, first: 'v3' });
  expect((await system.runs.step('typed', 'a', 1)).params?.['first']?.evaluated_result).toBe(1);
});

test('a trigger that is switched off and on again, or whose version goes and comes back, is subscribed once', async () => {
  const triggers = {
    signal_triggers: [{ definitions: { tick: {} }, dedup_expr: "'day-' + params.getFromSignal('tick', 'day')" }],
  };
  await system.runs.pushSteps('ticked', [step('a', 'NoOp')], triggers);
  await system.rest.succeed('PUT', '/workflows/ticked/actions/deactivate');
  await announce('tick', { day: 1, n: 1 });
  await system.rest.succeed('PUT', '/workflows/ticked/versions/1/actions/activate');
  await announce('tick', { day: 2, n: 1 });
  await announce('tick', { day: 2, n: 2 });
  await system.rest.succeed('POST', '/workflows/ticked/properties', { body: { signal_trigger_disabled: true } });
  const off = async (): Promise<boolean> =>
    (await cli('signal', 'explain', 'ticked')).stdout.includes('(SWITCHED_OFF)');
  await waitUntil(off, { describe: 'it is explained why there are no triggers' });
  await announce('tick', { day: 3, n: 1 });
  await system.rest.succeed('POST', '/workflows/ticked/properties', { body: { signal_trigger_disabled: false } });
  await announce('tick', { day: 4, n: 1 });
  const firings = async (): Promise<string> => (await cli('signal', 'firings', 'ticked')).stdout;
  await waitUntil(async () => (await firings()).match(/^started/gm)?.length === 3, { describe: 'all have started' });
  // Day 2 was announced twice: the second firing found the instance of the first one.
  expect((await firings()).match(/ticked\/\d+/g)?.sort()).toEqual(['ticked/1', 'ticked/1', 'ticked/2']);
  expect((await cli('signal', 'triggers', 'ticked')).stdout.trim().split('\n')).toHaveLength(1);
  const explained = (await cli('signal', 'explain', 'ticked')).stdout;
  expect(explained).toContain('It fires with the next tick; its latest is tick#5.');
  expect(explained).toMatch(/It fired last with tick#\d and started ticked\//);
});

test('bad input is refused with what is wrong and where', async () => {
  const bad = await system.rest.ask('POST', '/signals', { body: { name: 'no good', params: { p: 1.5 } } });
  expect([bad.status, JSON.stringify(bad.body)]).toEqual([400, expect.stringContaining('params.p')]);
  const list = await system.rest.ask('POST', '/signals', { body: [{ name: 'fine' }, { name: 'no good!' }] });
  expect(list.body).toMatchObject([{ name: 'fine' }, { status: 'BAD_REQUEST' }]);
  const since = await system.rest.ask('POST', '/workflows', {
    body: {
      properties: { owner: 'ada' },
      workflow: {
        id: 'bad',
        steps: [step('a', 'NoOp', { signal_dependencies: [dependency('x', {}, { since: 'yesterday' })] })],
      },
    },
  });
  expect(JSON.stringify(since.body)).toContain('signal_dependencies[0].since');
});
