import type { RunKey } from '@maestro/domain';
import type { EventInput, Input, QueueInput, StartInput } from './input.js';

/** RunEvents are the events of one run that a batch takes, in their order of arrival. */
export interface RunEvents {
  readonly runKey: RunKey;
  readonly inputs: readonly EventInput[];
}

/** Gathered is what one batch works on; its runs are in no other batch in flight. */
export interface Gathered {
  readonly runs: readonly RunEvents[];
  readonly starts: readonly StartInput[];
  readonly queueActs: readonly QueueInput[];
}

/**
 * Mailbox holds what arrived while commits were in flight. A run is in at most one batch at a time; its further events
 * wait here for the next one.
 */
export class Mailbox {
  private readonly runs = new Map<RunKey, EventInput[]>();
  private readonly busy = new Set<RunKey>();
  private starts: StartInput[] = [];
  private queueActs: QueueInput[] = [];
  private size = 0;

  /** How many inputs wait. */
  get waiting(): number {
    return this.size;
  }

  add(input: Input): void {
    this.size += 1;
    if (input.kind === 'start') this.starts.push(input);
    else if (input.kind === 'queue') this.queueActs.push(input);
    else this.addEvent(input);
  }

  /** take removes about `limit` inputs of runs that no other batch has; the runs are busy until `release`. */
  take(limit: number): Gathered {
    const queueActs = this.queueActs;
    this.queueActs = [];
    let room = limit - queueActs.length;
    const runs: RunEvents[] = [];
    for (const [runKey, inputs] of this.runs) {
      if (room <= 0) break;
      if (this.busy.has(runKey)) continue;
      this.runs.delete(runKey);
      this.busy.add(runKey);
      runs.push({ runKey, inputs });
      room -= inputs.length;
    }
    const starts = room > 0 ? this.starts.splice(0, room) : [];
    this.size -= queueActs.length + starts.length + runs.reduce((sum, run) => sum + run.inputs.length, 0);
    return { runs, starts, queueActs };
  }

  /** release lets the next batch have these runs. */
  release(runKeys: Iterable<RunKey>): void {
    for (const runKey of runKeys) this.busy.delete(runKey);
  }

  /** hasWork says whether a batch could be taken now. */
  hasWork(): boolean {
    if (this.starts.length > 0 || this.queueActs.length > 0) return true;
    for (const runKey of this.runs.keys()) if (!this.busy.has(runKey)) return true;
    return false;
  }

  private addEvent(input: EventInput): void {
    const known = this.runs.get(input.runKey);
    if (known === undefined) this.runs.set(input.runKey, [input]);
    else known.push(input);
  }
}
