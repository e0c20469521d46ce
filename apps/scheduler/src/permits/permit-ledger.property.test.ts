import type { AttemptKey } from '@maestro/domain';
import fc from 'fast-check';
import type { LockedPermits, PermitRow, TagRow } from '../rows/permit-rows.js';
import { PermitLedger } from './permit-ledger.js';

const NAMES = ['a', 'b', 'c'] as const;
const TENANT = 'default';

/** Database is the rows of tags and permits, as transactions of ledgers leave them. */
class Database {
  permits: PermitRow[] = [];
  private seq = 0n;
  constructor(private readonly limits: Readonly<Record<string, number>>) {}

  transaction(released: readonly AttemptKey[], requests: readonly { runKey: bigint; tags: readonly string[] }[]): void {
    const seqs = requests.map(() => (this.seq += 1n));
    const ledger = new PermitLedger(this.locked(released, seqs), 0);
    for (const attempt of released) ledger.release(attempt);
    ledger.admit();
    for (const { runKey, tags } of requests) {
      const named = tags.map((name) => ({ name }));
      ledger.request({ runKey, ordinal: 0, attempt: 1, tenant: TENANT, stepId: 's', tags: named, priority: 2 });
    }
    const { inserted, granted, deleted } = ledger.changes();
    const isIn = (rows: readonly AttemptKey[], row: PermitRow): boolean =>
      rows.some(({ runKey }) => runKey === row.runKey);
    this.permits = this.permits
      .filter((row) => !isIn(deleted, row))
      .map((row) => (isIn(granted, row) ? { ...row, granted: true } : row))
      .concat(inserted);
  }

  held(tag: string): number {
    return this.permits.filter((row) => row.tag === tag && row.granted).length;
  }

  private locked(released: readonly AttemptKey[], seqs: readonly bigint[]): LockedPermits {
    const tags = NAMES.map((name): TagRow => ({
      tenant: TENANT,
      name,
      kind: 'TAG',
      limit: this.limits[name] ?? 0,
      held: this.held(name),
    }));
    const waiting = this.permits.filter(({ granted }) => !granted);
    const theirs = this.permits.filter((row) => released.some(({ runKey }) => runKey === row.runKey));
    return { tags, waiting, released: theirs, seqs };
  }
}

const tagSet = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });
const step = fc.record({ ask: fc.array(tagSet, { maxLength: 4 }), end: fc.array(fc.nat(30), { maxLength: 3 }) });
const limits = fc.record({
  a: fc.integer({ min: 1, max: 3 }),
  b: fc.integer({ min: 1, max: 3 }),
  c: fc.integer({ min: 1, max: 3 }),
});

test('no tag is ever granted above its limit, nobody is overtaken on a tag, and all are served in the end', () => {
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 20 }), (given, steps) => {
      const database = new Database(given);
      let next = 0n;
      const check = (): void => {
        for (const name of NAMES) {
          expect(database.held(name)).toBeLessThanOrEqual(given[name]);
          const rows = database.permits.filter(({ tag }) => tag === name);
          const firstWaiting = rows.find(({ granted }) => !granted)?.seq ?? 1_000_000n;
          expect(
            rows.filter(({ granted, seq }) => granted && seq > firstWaiting && room(given[name], rows, seq) <= 0),
          ).toEqual([]);
        }
        const whole = new Map<bigint, Set<boolean>>();
        for (const { runKey, granted } of database.permits)
          whole.set(runKey, (whole.get(runKey) ?? new Set()).add(granted));
        for (const states of whole.values()) expect(states.size).toBe(1);
      };
      for (const { ask, end } of steps) {
        const ends = database.permits.filter((_, index) => end.includes(index));
        database.transaction(
          ends,
          ask.map((tags) => ({ runKey: (next += 1n), tags })),
        );
        check();
      }
      for (let left = 200; left > 0 && database.permits.length > 0; left -= 1) {
        database.transaction(database.permits.filter(({ granted }) => granted).slice(0, 1), []);
        check();
      }
      expect(database.permits).toEqual([]);
    }),
  );
});

/** Places left for a request when all that came before it and are there have theirs. */
function room(limit: number, rows: readonly PermitRow[], seq: bigint): number {
  return limit - rows.filter((row) => row.seq < seq).length;
}
