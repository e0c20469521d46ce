import type { AttemptKey } from '@maestro/domain';
import type { PermitChanges, SeedTag, TagKey } from '../../rows/permit-rows.js';
import { keyOf, type Tables } from './tables.js';

/** writePermits writes what a transaction changes of permits (adapters/postgres/permit.ts). */
export function writePermits(tables: Tables, changes: PermitChanges): void {
  seedTags(tables, changes.seeds);
  for (const { tenant, name, held } of changes.tags) {
    const row = tables.tags.get(keyOf(tenant, name));
    if (row !== undefined) tables.tags.set(keyOf(tenant, name), { ...row, held });
  }
  for (const attempt of changes.deleted)
    for (const [key, row] of tables.permits) if (isOf(row, attempt)) tables.permits.delete(key);
  for (const attempt of changes.granted)
    for (const [key, row] of tables.permits) if (isOf(row, attempt)) tables.permits.set(key, { ...row, granted: true });
  for (const row of changes.inserted) tables.permits.set(keyOf(row.runKey, row.ordinal, row.attempt, row.tag), row);
  dropIdle(tables, changes.idle);
}

/** seedTags makes the rows of limits that come with runs. */
export function seedTags(tables: Tables, seeds: readonly SeedTag[]): void {
  for (const { tenant, name, limit } of seeds)
    if (!tables.tags.has(keyOf(tenant, name)))
      tables.tags.set(keyOf(tenant, name), { tenant, name, kind: 'INSTANCE', limit, held: 0 });
}

/** dropIdle drops the rows of tags that only their permits have kept. */
export function dropIdle(tables: Tables, idle: readonly TagKey[]): void {
  for (const { tenant, name } of idle) {
    const row = tables.tags.get(keyOf(tenant, name));
    if (row === undefined || row.held !== 0 || (row.kind !== 'INSTANCE' && row.limit !== undefined)) continue;
    const used = [...tables.permits.values()].some((permit) => permit.tenant === tenant && permit.tag === name);
    if (!used) tables.tags.delete(keyOf(tenant, name));
  }
}

/** isOf says whether a row is about an attempt. */
export function isOf(row: AttemptKey, { runKey, ordinal, attempt }: AttemptKey): boolean {
  return row.runKey === runKey && row.ordinal === ordinal && row.attempt === attempt;
}
