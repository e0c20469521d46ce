import type { AttemptKey } from '@maestro/domain';
import { bulkDelete, bulkInsert, bulkUpdate, type Statement } from '@maestro/postgres';
import type { LockedPermits, PermitAsk, PermitChanges, PermitRow, TagKey } from '../../rows/permit-rows.js';
import { WAITERS_AT_ONCE } from '../../permits/permit-ledger.js';
import { column } from './columns.js';
import { deleteIdleTags, linkedTags, lockTags, seedTags, tagRowOf, updateTags, type TagRowRead } from './permit-tag.js';

const KEYS = [
  column<AttemptKey>('run_key', 'bigint', ({ runKey }) => runKey),
  column<AttemptKey>('ordinal', 'smallint', ({ ordinal }) => ordinal),
  column<AttemptKey>('attempt', 'smallint', ({ attempt }) => attempt),
];
const TABLE = {
  table: 'permit',
  columns: [
    ...KEYS,
    column<PermitRow>('tag', 'text', ({ tag }) => tag),
    column<PermitRow>('tenant', 'text', ({ tenant }) => tenant),
    column<PermitRow>('step_id', 'text', ({ stepId }) => stepId),
    column<PermitRow>('tags', 'text[]', ({ tags }) => textArray(tags)),
    column<PermitRow>('priority', 'smallint', ({ priority }) => priority),
    column<PermitRow>('seq', 'bigint', ({ seq }) => seq),
    column<PermitRow>('granted', 'boolean', ({ granted }) => granted),
    column<PermitRow>('since', 'bigint', ({ since }) => since),
  ],
};

const GRANTED = [column<AttemptKey>('granted', 'boolean', () => true)];

/** The text of an array's literal. */
function textArray(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}

const COLUMNS = 'run_key, ordinal, attempt, tag, tenant, step_id, tags, priority, seq, granted, since';

/** PermitRowRead is a permit row as pg returns it. */
export interface PermitRowRead {
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly tag: string;
  readonly tenant: string;
  readonly step_id: string;
  readonly tags: readonly string[];
  readonly priority: number;
  readonly seq: bigint;
  readonly granted: boolean;
  readonly since: bigint;
}

export function permitOf(row: PermitRowRead): PermitRow {
  const { ordinal, attempt, tag, tenant, tags, priority, seq, granted } = row;
  const whose = { runKey: row.run_key, ordinal, attempt, stepId: row.step_id };
  return { ...whose, tag, tenant, tags, priority, seq, granted, since: Number(row.since) };
}

/** The first who wait for each tag: as many as may have room after the releases of this transaction. */
function readWaiting(tags: readonly TagKey[], released: number): Statement<PermitRowRead> {
  return {
    name: 'permit-waiting',
    text: `with ${linkedTags('$4')}
           select ${COLUMNS.split(', ')
             .map((name) => `w.${name}`)
             .join(', ')} from linked l
           join permit_tag t on t.tenant = l.tenant and t.name = l.name
           cross join lateral
             (select * from permit p where p.tenant = t.tenant and p.tag = t.name and not p.granted order by p.priority, p.seq
              limit least($4, greatest(0, coalesce(t.max_allowed - t.held, $4)) + $3)) w`,
    values: [tags.map(({ tenant }) => tenant), tags.map(({ name }) => name), released, WAITERS_AT_ONCE],
  };
}

function readPermitsOf(attempts: readonly AttemptKey[]): Statement<PermitRowRead> {
  return {
    name: 'permit-of-attempts',
    text: `select ${COLUMNS} from permit where (run_key, ordinal, attempt) in
             (select * from unnest($1::bigint[], $2::smallint[], $3::smallint[]))`,
    values: [
      attempts.map(({ runKey }) => runKey),
      attempts.map(({ ordinal }) => ordinal),
      attempts.map(({ attempt }) => attempt),
    ],
  };
}

function takeNumbers(count: number): Statement<{ seq: bigint }> {
  return {
    name: 'permit-numbers',
    text: `select nextval('permit_seq') as seq from generate_series(1, $1)`,
    values: [count],
  };
}

/** LockStatements lock the tags of a transaction and read what is decided on under the locks. */
export type LockStatements = readonly [
  Statement,
  Statement<TagRowRead>,
  Statement<PermitRowRead>,
  Statement<PermitRowRead>,
  Statement<{ seq: bigint }>,
];

export function lockPermits(ask: PermitAsk): LockStatements {
  return [
    seedTags(ask.seeds, ask.at),
    lockTags(ask.tags, WAITERS_AT_ONCE),
    readWaiting(ask.tags, ask.released.length),
    readPermitsOf(ask.released),
    takeNumbers(ask.requests),
  ];
}

/** What `lockPermits` found. */
export function lockedPermits(
  tags: readonly TagRowRead[],
  waiting: readonly PermitRowRead[],
  released: readonly PermitRowRead[],
  seqs: readonly { readonly seq: bigint }[],
): LockedPermits {
  return {
    tags: tags.map(tagRowOf),
    waiting: waiting.map(permitOf),
    released: released.map(permitOf),
    seqs: seqs.map(({ seq }) => seq),
  };
}

/** writePermits is all that a transaction writes about permits. */
export function writePermits(changes: PermitChanges, at: number): Statement[] {
  const { seeds, tags, inserted, granted, deleted, idle } = changes;
  return [
    ...(seeds.length === 0 ? [] : [seedTags(seeds, at)]),
    ...(tags.length === 0 ? [] : [updateTags(tags)]),
    ...(deleted.length === 0 ? [] : [bulkDelete('permit', KEYS, deleted)]),
    ...(granted.length === 0 ? [] : [bulkUpdate('permit', KEYS, GRANTED, granted)]),
    ...(inserted.length === 0 ? [] : [bulkInsert(TABLE, inserted)]),
    ...(idle.length === 0 ? [] : [deleteIdleTags(idle)]),
  ];
}
