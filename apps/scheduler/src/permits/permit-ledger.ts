import type { AttemptKey, Millis } from '@maestro/domain';
import type { PermitTag } from '@maestro/engine';
import type { LockedPermits, PermitChanges, PermitRow, SeedTag, TagKey, TagRow } from '../rows/permit-rows.js';
import { tagKey } from './tag-key.js';

/** PermitRequest is an attempt that needs permits to start. */
export interface PermitRequest extends AttemptKey {
  readonly tenant: string;
  readonly stepId: string;
  readonly tags: readonly PermitTag[];
  readonly priority: number;
}

interface Tag {
  row: TagRow;
  held: number;
  /** In order. */
  waiting: PermitRow[];
}

/** WAITERS_AT_ONCE bounds how many waiters of a tag one transaction looks at. */
export const WAITERS_AT_ONCE = 200;

/** Place is how a waiter stands in the order of all. */
type Place = Pick<PermitRow, 'priority' | 'seq'>;

/**
 * PermitLedger is the tags of a transaction, under their locks. An attempt gets all its permits together, in the order of priority and
 * request: whoever waits reserves a place on all its tags, so that no later one can overtake it on any of them. Whether a waiter may
 * start is therefore known from its place on each of its tags alone: it is among the first as many as have room.
 */
export class PermitLedger {
  /** Attempts that waited and may start now. */
  readonly admitted: PermitRow[] = [];
  /** More could be admitted than was looked at: another pass finds them. */
  incomplete = false;
  private readonly tags = new Map<string, Tag>();
  private readonly inserted = new Map<string, readonly PermitRow[]>();
  private readonly deleted: AttemptKey[] = [];
  private readonly over = new Set<string>();
  private readonly touched = new Set<Tag>();
  private readonly seeds: SeedTag[] = [];
  private readonly seqs: bigint[];

  constructor(
    private readonly locked: LockedPermits,
    private readonly at: Millis,
  ) {
    for (const row of locked.tags) this.tags.set(tagKey(row), { row, held: row.held, waiting: [] });
    for (const row of locked.waiting) this.tagOf(row.tenant, row.tag)?.waiting.push(row);
    this.seqs = [...locked.seqs];
  }

  /** release takes back what an attempt that ends holds or waits for, once. */
  release(attempt: AttemptKey): void {
    if (this.over.has(attemptKeyOf(attempt))) return;
    this.over.add(attemptKeyOf(attempt));
    for (const row of this.locked.released.filter((each) => isSame(each, attempt))) {
      const tag = this.tagOf(row.tenant, row.tag);
      if (tag === undefined) continue;
      if (row.granted) tag.held -= 1;
      else tag.waiting = tag.waiting.filter((each) => !isSame(each, attempt));
      this.touched.add(tag);
    }
    this.deleted.push(attempt);
  }

  /** admit grants to those who waited, as far as there is room. */
  admit(): void {
    const seen = new Set<string>();
    const reserved = new Map<Tag, number>();
    const cut = [...this.tags.values()].filter(({ waiting }) => waiting.length >= WAITERS_AT_ONCE);
    for (const waiter of [...this.tags.values()].flatMap(({ waiting }) => waiting).sort(byPlace)) {
      if (seen.has(attemptKeyOf(waiter))) continue;
      seen.add(attemptKeyOf(waiter));
      const tags = waiter.tags.map((name) => this.tagOf(waiter.tenant, name));
      const fits = tags.every((tag) => tag !== undefined && roomOf(tag) > (reserved.get(tag) ?? 0));
      // A tag that is not locked here: somebody came to wait meanwhile.
      if (!fits && tags.includes(undefined)) this.incomplete = true;
      if (fits) this.grant(waiter, tags);
      else for (const tag of tags) if (tag) reserved.set(tag, (reserved.get(tag) ?? 0) + 1);
    }
    if (cut.some((tag) => roomOf(tag) > tag.waiting.length)) this.incomplete = true;
  }

  /** request gives an attempt its permits, or a place among those who wait; tags without a limit are free. */
  request({ tenant, tags: asked, stepId, priority, ...attempt }: PermitRequest): 'granted' | 'waits' {
    const tags = asked.flatMap((tag) => this.tagOf(tenant, tag.name) ?? this.seed(tenant, tag));
    if (tags.length === 0) return 'granted';
    const { runKey, ordinal, attempt: number } = attempt;
    const place = { priority, seq: this.seqs.shift() ?? 0n };
    const granted = tags.every((tag) => roomOf(tag) > countBefore(tag, place));
    const names = tags.map(({ row }) => row.name);
    const rows = tags.map(({ row }): PermitRow => {
      const permit = { runKey, ordinal, attempt: number, tenant, tag: row.name, stepId, tags: names };
      return { ...permit, ...place, granted, since: this.at };
    });
    this.inserted.set(attemptKeyOf(attempt), rows);
    tags.forEach((tag, index) => this.take(tag, rows[index], granted));
    return granted ? 'granted' : 'waits';
  }

  /** What is to be written. */
  changes(): PermitChanges {
    const touched = [...this.touched];
    const limitsOf = (tag: Tag): TagRow => ({ ...tag.row, held: tag.held });
    return {
      seeds: this.seeds,
      tags: touched.filter((tag) => tag.held !== tag.row.held).map(limitsOf),
      inserted: [...this.inserted.values()].flat(),
      granted: this.admitted,
      deleted: this.deleted,
      idle: touched.filter(isIdle).map(({ row: { tenant, name } }): TagKey => ({ tenant, name })),
    };
  }

  /** A limit that comes with a run and is not locked: the run got another number than foreseen, so that nobody else can have asked. */
  private seed(tenant: string, { name, limit }: PermitTag): Tag[] {
    if (limit === undefined) return [];
    const tag: Tag = { row: { tenant, name, kind: 'INSTANCE', limit, held: 0 }, held: 0, waiting: [] };
    this.seeds.push({ tenant, name, limit });
    this.tags.set(tagKey(tag.row), tag);
    return [tag];
  }

  private grant(waiter: PermitRow, tags: readonly (Tag | undefined)[]): void {
    for (const tag of tags) {
      if (tag === undefined) continue;
      tag.held += 1;
      tag.waiting = tag.waiting.filter((each) => !isSame(each, waiter));
      this.touched.add(tag);
    }
    this.admitted.push(waiter);
  }

  private take(tag: Tag, row: PermitRow | undefined, granted: boolean): void {
    if (granted) tag.held += 1;
    else if (row !== undefined) tag.waiting = [...tag.waiting, row].sort(byPlace);
    this.touched.add(tag);
  }

  private tagOf(tenant: string, name: string): Tag | undefined {
    return this.tags.get(tagKey({ tenant, name }));
  }
}

function roomOf({ row, held }: Tag): number {
  return row.limit === undefined ? Infinity : row.limit - held;
}

function countBefore({ waiting }: Tag, place: Place): number {
  return waiting.filter((each) => byPlace(each, place) < 0).length;
}

/** A row that only its permits keep. */
function isIdle({ row, held, waiting }: Tag): boolean {
  return held === 0 && waiting.length === 0 && (row.kind === 'INSTANCE' || row.limit === undefined);
}

function byPlace(a: Place, b: Place): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  return a.seq < b.seq ? -1 : a.seq > b.seq ? 1 : 0;
}

function isSame(a: AttemptKey, b: AttemptKey): boolean {
  return a.runKey === b.runKey && a.ordinal === b.ordinal && a.attempt === b.attempt;
}

const attemptKeyOf = ({ runKey, ordinal, attempt }: AttemptKey): string =>
  `${String(runKey)}/${String(ordinal)}/${String(attempt)}`;
