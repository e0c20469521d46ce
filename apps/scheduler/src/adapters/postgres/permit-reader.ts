import type { JsonObject } from '@maestro/domain';
import { query, queryOne, type Statement } from '@maestro/postgres';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type { PermitReader, PermitUser, TagPermit } from '../../ports/permit-reader.js';
import type { TagKey } from '../../rows/permit-rows.js';

interface TagRead {
  readonly tenant: string;
  readonly name: string;
  readonly max_allowed: number;
  readonly held: number;
  readonly extra: string;
  readonly modify_time: bigint;
  readonly waiting: bigint;
}

const TAG = `select t.tenant, t.name, t.max_allowed, t.held, t.extra::text as extra, t.modify_time,
  (select count(*) from permit p where p.tenant = t.tenant and p.tag = t.name and not p.granted) as waiting
  from permit_tag t where t.max_allowed is not null and t.tenant = $1`;

const readTags = (tenant: string): Statement<TagRead> => ({
  name: 'permit-tags-view',
  text: `${TAG} and t.kind <> 'INSTANCE' order by t.name limit 10000`,
  values: [tenant],
});

const readTag = ({ tenant, name }: TagKey): Statement<TagRead> => ({
  name: 'permit-tag-view',
  text: `${TAG} and t.name = $2`,
  values: [tenant, name],
});

interface UserRead {
  readonly workflow_id: string;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly step_id: string;
  readonly attempt: number;
  readonly since: bigint;
}

const USERS = `select r.workflow_id, r.instance_id, r.run_id, p.step_id, p.attempt, p.since
  from permit p join run r on r.run_key = p.run_key where p.tenant = $1 and p.tag = $2`;

const readHolders = ({ tenant, name }: TagKey): Statement<UserRead> => ({
  name: 'permit-holders-view',
  text: `${USERS} and p.granted order by p.seq limit 200`,
  values: [tenant, name],
});

const readWaiters = ({ tenant, name }: TagKey): Statement<UserRead> => ({
  name: 'permit-waiters-view',
  text: `${USERS} and not p.granted order by p.priority, p.seq limit 200`,
  values: [tenant, name],
});

/** postgresPermitReader is the PermitReader on Postgres. */
export function postgresPermitReader(pool: Pool): PermitReader {
  return {
    list: async (tenant) => (await queryOne(pool, readTags(tenant))).map(tagOf),
    find: async (tag) => {
      const [tags, holders, waiters] = await query(pool, [readTag(tag), readHolders(tag), readWaiters(tag)]);
      const [row] = tags.rows;
      if (row === undefined) return undefined;
      return { permit: tagOf(row), holders: holders.rows.map(userOf), waiters: waiters.rows.map(userOf) };
    },
  };
}

function tagOf({
  tenant,
  name,
  max_allowed: limit,
  held,
  extra,
  modify_time: modifyTime,
  waiting,
}: TagRead): TagPermit {
  const given = parseExactJson(extra) as JsonObject;
  return { tenant, name, limit, held, waiting: Number(waiting), extra: given, modifyTime: Number(modifyTime) };
}

function userOf(row: UserRead): PermitUser {
  return {
    workflowId: row.workflow_id,
    instanceId: row.instance_id,
    runId: row.run_id,
    stepId: row.step_id,
    attempt: row.attempt,
    since: Number(row.since),
  };
}
