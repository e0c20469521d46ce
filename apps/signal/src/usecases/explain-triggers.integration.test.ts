import { MaestroError, type SignalTrigger } from '@maestro/domain';
import { createPool } from '@maestro/postgres';
import type { Pool } from 'pg';
import { postgresTriggerStandings } from '../adapters/postgres/trigger-standings.js';
import { announcementOf, signalFixture, type SignalFixture } from '../testing/signal-fixture.js';
import { explainTriggers, type ExplainedTriggers } from './explain-triggers.js';
import { triggerUuid } from './trigger-identity.js';

let fixture: SignalFixture;
let pool: Pool;
beforeAll(async () => {
  fixture = await signalFixture();
  pool = createPool({ url: fixture.url, schema: 'signal', applicationName: 'explain-test', max: 2 });
});
afterAll(async () => {
  await pool.end();
  await fixture.stop();
});

let key = 0n;
async function subscribe(workflowId: string, trigger: SignalTrigger): Promise<string> {
  key += 1n;
  const uuid = triggerUuid(workflowId, trigger);
  const triggers = [{ uuid, trigger }];
  const since = Number.MAX_SAFE_INTEGER;
  await fixture.triggers.subscribe({ workflowId, workflowKey: key, tenant: 'default', revision: 1n, since, triggers });
  return uuid;
}

const announce = (name: string, params: Record<string, string | bigint> = {}) =>
  fixture.announcer.announce(announcementOf(name, { params }));

function explained(workflowId: string, uuid = '', active = { count: 0, disabled: false }): Promise<ExplainedTriggers> {
  const standings = postgresTriggerStandings(pool);
  return explainTriggers({ standings, active: { of: () => Promise.resolve(active) } }, workflowId, uuid);
}

async function messages(workflowId: string): Promise<string[]> {
  const { triggers } = await explained(workflowId);
  return triggers.flatMap(({ findings }) => findings.map(({ kind, message }) => `${kind} ${message}`));
}

test('a join tells what each of its joins has and misses, the oldest first, and what it did last', async () => {
  const definitions = {
    left: { joinKeys: ['k', 'day'] },
    right: { joinKeys: ['key', 'on'], matchParams: { region: { value: 'eu', operator: '=' as const } } },
  };
  await subscribe('joined', { definitions });
  expect(await messages('joined')).toEqual([
    'SIGNAL It holds no signal yet. It needs one each of left and right with region = eu with equal join keys.',
    'FIRED It has not fired, or not since signals are kept.',
  ]);
  await announce('left', { k: 'x', day: 1n });
  await announce('right', { key: 'y', on: 2n, region: 'us' });
  for (const on of [2n, 3n, 4n, 5n]) await announce('right', { key: 'y', on, region: 'eu' });
  expect(await messages('joined')).toEqual([
    'SIGNAL The join of "x", "1" has left#1 and misses right.',
    'SIGNAL The join of "y", "2" has right#2 and misses left.',
    'SIGNAL The join of "y", "3" has right#3 and misses left.',
    'SIGNAL 2 more joins wait for some of their signals.',
    'FIRED It has not fired, or not since signals are kept.',
  ]);
  const [standing] = (await explained('joined')).triggers;
  expect(standing?.standing).toMatchObject({
    openJoins: 5n,
    signals: [
      { name: 'left', lastSeq: 1n, held: 1n },
      { name: 'right', lastSeq: 5n, held: 4n },
    ],
  });
  await announce('left', { k: 'y', day: 2n });
  expect((await messages('joined')).at(-1)).toMatch(
    /^FAILING It fired last with left#2 and right#2, and is being started\./,
  );
  const [fired] = await fixture.fired.take(10);
  const outcome = { state: 'STARTED', instanceId: 4n, runId: 1n } as const;
  await fixture.fired.settle([{ matchId: fired?.matchId ?? 0n, outcome }]);
  expect((await messages('joined')).at(-1)).toBe('FIRED It fired last with left#2 and right#2 and started joined/4.');
});

test('a trigger of one signal tells which next one fires it, and why the last one started nothing', async () => {
  const uuid = await subscribe('one', { definitions: { tick: { matchParams: { n: { value: 2n, operator: '>=' } } } } });
  expect((await messages('one'))[0]).toBe('SIGNAL It fires with the next tick with n >= 2; it was never announced.');
  await announce('tick', { n: 2n });
  const [fired] = await fixture.fired.take(10);
  const outcome = { state: 'DROPPED', detail: 'its condition is false' } as const;
  await fixture.fired.settle([{ matchId: fired?.matchId ?? 0n, outcome }]);
  expect(await messages('one')).toEqual([
    'SIGNAL It fires with the next tick with n >= 2; its latest is tick#1.',
    'FIRED It fired last with tick#1, and started nothing: its condition is false.',
  ]);
  expect((await explained('one', uuid)).triggers).toHaveLength(1);
  await expect(explained('one', 'other')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});

test('a workflow without triggers says why it has none', async () => {
  const why = async (count: number, disabled: boolean) => (await explained('none', '', { count, disabled })).findings;
  expect(await why(0, false)).toMatchObject([{ kind: 'NONE' }]);
  expect(await why(2, true)).toMatchObject([{ kind: 'SWITCHED_OFF' }]);
  expect(await why(2, false)).toMatchObject([{ kind: 'NONE', message: expect.stringContaining('just now') as string }]);
  const inactive = { of: () => Promise.reject(new MaestroError('NO_ACTIVE_VERSION', 'none')) };
  const { findings } = await explainTriggers(
    { standings: postgresTriggerStandings(pool), active: inactive },
    'none',
    '',
  );
  expect(findings).toMatchObject([{ kind: 'INACTIVE' }]);
});
