import type { Pool, PoolClient } from 'pg';
import type { LeasedPartitions, OldPartition, OldPartitions } from '../../ports/old-partitions.js';
import type { Pin } from '../../retention/expendable.js';
import { PARTITIONED, partitionOf, rangeOf, readPartitions } from './partitions.js';

/** What becomes of old runs: gone, or moved to the schema of this name, for people to keep elsewhere. */
export interface OldPartitionsOptions {
  readonly archiveSchema: string | undefined;
}

const LEASE = 'retention of runs';
/** So many identities a transaction: short enough not to be felt by starts. */
const BATCH = 5_000;

/** postgresOldPartitions is OldPartitions on Postgres; the lease is a lock of the session, which ends with it however it ends. */
export function postgresOldPartitions(pool: Pool, options: OldPartitionsOptions): OldPartitions {
  return {
    alone: async (work) => {
      const client = await pool.connect();
      let failure: Error | undefined;
      try {
        const { rows } = await client.query<{ mine: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
          [LEASE],
        );
        if (rows[0]?.mine !== true) return false;
        await work(leased(client, options));
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [LEASE]);
        return true;
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        throw failure;
      } finally {
        // A session that failed half-way is closed, and its lease with it.
        client.release(failure);
      }
    },
  };
}

function leased(client: PoolClient, { archiveSchema }: OldPartitionsOptions): LeasedPartitions {
  return {
    all: () => readPartitions(client),
    detached: () => readDetached(client),
    isHeld: (partition) => isHeld(client, partition),
    pins: (partitions) => readPins(client, partitions),
    detach: async (partition) => {
      for (const table of PARTITIONED) await detach(client, table, partition);
    },
    attach: async (partition) => {
      for (const table of PARTITIONED)
        await client.query(`alter table ${table} attach partition ${table}_${partition.suffix} ${rangeOf(partition)}`);
    },
    remove: async (partition) => {
      await forgetIdentities(client, partition);
      for (const table of PARTITIONED) await takeAway(client, `${table}_${partition.suffix}`, archiveSchema);
    },
  };
}

/** Without a lock that commits would wait for; one that was interrupted is finished. */
async function detach(client: PoolClient, table: string, { suffix }: OldPartition): Promise<void> {
  const name = `${table}_${suffix}`;
  const { rows } = await client.query<{ pending: boolean }>(
    'select inhdetachpending as pending from pg_inherits where inhrelid = to_regclass($1)',
    [name],
  );
  if (rows[0] === undefined) return;
  await client.query(`alter table ${table} detach partition ${name} ${rows[0].pending ? 'finalize' : 'concurrently'}`);
}

/** Weeks of which the table of runs, or after it another one, stands apart. */
async function readDetached(client: PoolClient): Promise<OldPartition[]> {
  const { rows } = await client.query<{ suffix: string }>(
    `select distinct substring(c.relname from 'c[0-7]_[0-9]{8}$') as suffix from pg_class c
     left join pg_inherits i on i.inhrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
       and c.relname ~ '^(run|step|timeline)_c[0-7]_[0-9]{8}$' and (i.inhrelid is null or i.inhdetachpending)`,
  );
  const partitions = rows.flatMap(({ suffix }) => partitionOf(suffix) ?? []);
  for (const partition of partitions) for (const table of PARTITIONED) await detach(client, table, partition);
  return partitions;
}

const UNDER_WAY = `select 1 from run where run_key >= $1 and run_key < $2 and end_time is null`;
const ANCESTORS = `with recursive up as (
    select parent_run_key as run_key from run where end_time is null and parent_run_key is not null
    union select r.parent_run_key from run r join up on r.run_key = up.run_key where r.parent_run_key is not null)
  select 1 from up where run_key >= $1 and run_key < $2`;
const LOOPS_UNDER_WAY = `with recursive up as (
    select parent_run_key as run_key from run where run_key >= $1 and run_key < $2 and body is not null
    union select r.parent_run_key from run r join up on r.run_key = up.run_key where r.body is not null)
  select 1 from up join run r on r.run_key = up.run_key where r.end_time is null`;

async function isHeld(client: PoolClient, { first, end }: OldPartition): Promise<boolean> {
  for (const text of [UNDER_WAY, ANCESTORS, LOOPS_UNDER_WAY]) {
    const { rowCount } = await client.query(`${text} limit 1`, [first, end]);
    if (rowCount !== 0) return true;
  }
  return false;
}

/** A run needs those of its instance before it, and what these had begun until they ended: iterations of their loops. */
async function readPins(client: PoolClient, partitions: readonly OldPartition[]): Promise<Pin[]> {
  const { rows } = await client.query<{ by: bigint; first: bigint; last: bigint }>(
    `select again.run_key as by, old.run_key as first,
            old.run_key + (coalesce(r.end_time - r.create_time + 1, 0) << 19) as last
     from instance_run again
     join instance_run old on old.workflow_key = again.workflow_key and old.instance_id = again.instance_id
       and old.run_id < again.run_id
     join unnest($1::bigint[], $2::bigint[]) p(first, last) on old.run_key >= p.first and old.run_key < p.last
     left join run r on r.run_key = old.run_key
     where again.run_id > 1`,
    [partitions.map(({ first }) => String(first)), partitions.map(({ end }) => String(end))],
  );
  return rows;
}

/** The request ids of old starts go with their runs; those of a step in between are found again after a crash. */
async function forgetIdentities(client: PoolClient, { suffix }: OldPartition): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    `run_${suffix}`,
  ]);
  if (rows[0]?.exists !== true) return;
  for (let after: bigint | undefined = -1n; after !== undefined;) {
    const found: { rows: { last: bigint | null }[] } = await client.query(
      `with old as (select run_key, workflow_key, instance_id, run_id from run_${suffix}
                    where run_key > $1 and body is null order by run_key limit ${String(BATCH)}),
            gone as (delete from instance_run i using old
                     where i.workflow_key = old.workflow_key and i.instance_id = old.instance_id and i.run_id = old.run_id
                       and i.run_key = old.run_key)
       select max(run_key) as last from old`,
      [after],
    );
    after = found.rows[0]?.last ?? undefined;
  }
}

async function takeAway(client: PoolClient, table: string, archiveSchema: string | undefined): Promise<void> {
  if (archiveSchema === undefined) {
    await client.query(`drop table if exists ${table}`);
    return;
  }
  await client.query(`create schema if not exists ${archiveSchema}`);
  await client.query(`alter table if exists ${table} set schema ${archiveSchema}`);
}
