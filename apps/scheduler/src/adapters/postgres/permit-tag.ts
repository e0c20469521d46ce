import { bulkUpdate, type Statement } from '@maestro/postgres';
import type { SeedTag, TagKey, TagRow } from '../../rows/permit-rows.js';
import { column } from './columns.js';

const KEYS = [
  column<TagRow>('tenant', 'text', ({ tenant }) => tenant),
  column<TagRow>('name', 'text', ({ name }) => name),
];
const HELD = [column<TagRow>('held', 'int', ({ held }) => held)];

export const updateTags = (rows: readonly TagRow[]): Statement => bulkUpdate('permit_tag', KEYS, HELD, rows);

/** Create the rows of limits that come with runs; one that somebody has set for the name stays. */
export function seedTags(seeds: readonly SeedTag[], at: number): Statement {
  return {
    name: 'permit-tag-seed',
    text: `insert into permit_tag (tenant, name, kind, max_allowed, modify_time)
           select tenant, name, 'INSTANCE', max_allowed, $4 from unnest($1::text[], $2::text[], $3::int[]) u(tenant, name, max_allowed)
           order by tenant, name on conflict (tenant, name) do nothing`,
    values: [seeds.map(({ tenant }) => tenant), seeds.map(({ name }) => name), seeds.map(({ limit }) => limit), at],
  };
}

/** linkedTags are the tags asked for ($1 tenants, $2 names), and what the first who wait for those need besides. */
export const linkedTags = (
  waiters: '$3' | '$4',
): string => `asked as (select * from unnest($1::text[], $2::text[]) a(tenant, name)),
  linked as (
    select tenant, name from asked
    union
    select a.tenant, unnest(w.tags) from asked a cross join lateral
      (select p.tags from permit p where p.tenant = a.tenant and p.tag = a.name and not p.granted
       order by p.priority, p.seq limit ${waiters}) w)`;

/** TagRowRead is a tag row as pg returns it. */
export interface TagRowRead {
  readonly tenant: string;
  readonly name: string;
  readonly kind: TagRow['kind'];
  readonly max_allowed: number | null;
  readonly held: number;
}

/** Lock and read tags, in the order of their names: after queues and before runs. */
export function lockTags(tags: readonly TagKey[], waiters: number): Statement<TagRowRead> {
  return {
    name: 'permit-tag-lock',
    text: `with ${linkedTags('$3')}
           select t.tenant, t.name, t.kind, t.max_allowed, t.held from permit_tag t
           where (t.tenant, t.name) in (select tenant, name from linked) order by t.tenant, t.name for no key update of t`,
    values: [tags.map(({ tenant }) => tenant), tags.map(({ name }) => name), waiters],
  };
}

/** Drop the rows of tags that only their permits have kept. */
export function deleteIdleTags(tags: readonly TagKey[]): Statement {
  return {
    name: 'permit-tag-delete-idle',
    text: `delete from permit_tag t using unnest($1::text[], $2::text[]) u(tenant, name)
           where t.tenant = u.tenant and t.name = u.name and t.held = 0 and (t.kind = 'INSTANCE' or t.max_allowed is null)
             and not exists (select 1 from permit p where p.tenant = t.tenant and p.tag = t.name)`,
    values: [tags.map(({ tenant }) => tenant), tags.map(({ name }) => name)],
  };
}

export function tagRowOf(row: TagRowRead): TagRow {
  const { tenant, name, kind, held } = row;
  return { tenant, name, kind, limit: row.max_allowed ?? undefined, held };
}
