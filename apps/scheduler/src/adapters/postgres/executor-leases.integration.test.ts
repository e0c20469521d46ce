import { holderOf } from '@maestro/domain';
import { pipeline } from '@maestro/postgres';
import type { ExecutorLease } from '../../ports/executor-leases.js';
import { storedRuns, type StoredRuns } from '../../testing/stored-runs.js';
import { insertClaims } from './claim.js';
import { postgresExecutorLeases } from './executor-leases.js';

const LEASE = {
  incarnation: 1n,
  pool: 'default',
  slots: 4,
  freeSlots: 4,
  draining: false,
  stepTypes: ['Shell'],
  labels: [],
  address: 'here:1',
};
const leaseOf = (executorId: string, incarnation = 1n): ExecutorLease => ({ ...LEASE, executorId, incarnation });

let runs: StoredRuns;
let leases: ReturnType<typeof postgresExecutorLeases>;

beforeAll(async () => {
  runs = await storedRuns();
  leases = postgresExecutorLeases(runs.pool);
});
afterAll(() => runs.stop());
afterEach(() => runs.pool.query('truncate claim, executor'));

async function claim(...holders: string[]): Promise<void> {
  const rows = holders.map((holder, at) => ({ holder, runKey: BigInt(at), ordinal: 0, attempt: 1, dispatch: 1 }));
  const client = await runs.pool.connect();
  await pipeline(client, [insertClaims(rows)]).finally(() => client.release());
}

const lost = async (): Promise<readonly string[]> => (await leases.lost()).map(({ holder }) => holder);
const lapse = (executorId: string): Promise<unknown> =>
  runs.pool.query('update executor set expires_at = 1 where executor_id = $1', [executorId]);

it('what living executors hold is not lost', async () => {
  await leases.renew(leaseOf('one'));
  await leases.renew(leaseOf('two', 5n));
  await claim(holderOf('one', 1n), holderOf('two', 5n), holderOf('one', 1n));
  expect(await lost()).toEqual([]);
});

it('what is held under a lease that ran out is lost, and the executor is forgotten only after that', async () => {
  await leases.renew(leaseOf('gone'));
  await claim(holderOf('gone', 1n));
  await lapse('gone');
  await leases.forget();
  expect(await leases.renew(leaseOf('gone'))).toBe('refused');
  expect(await lost()).toEqual([holderOf('gone', 1n)]);
  await runs.pool.query('truncate claim');
  await leases.forget();
  expect(await leases.renew(leaseOf('gone'))).toBe('renewed');
});

it('what a former incarnation claimed is lost, even when that is committed after the new one has come', async () => {
  await leases.renew(leaseOf('again', 1n));
  expect(await leases.renew(leaseOf('again', 2n))).toBe('anew');
  await claim(holderOf('again', 1n), holderOf('again', 2n));
  expect(await lost()).toEqual([holderOf('again', 1n)]);
});

it('a claim that is committed when its executor is long forgotten is lost', async () => {
  await claim(holderOf('forgotten', 1n));
  expect(await lost()).toEqual([holderOf('forgotten', 1n)]);
});
