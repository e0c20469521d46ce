import type { Delivery, LaneLimit, TakeAsk } from '../ports/delivery.js';

export interface LanesOptions {
  /** How many deliveries are sent at a time. */
  readonly concurrency: number;
  /** How many of them to one target. */
  readonly perTarget: number;
}

type Target = Pick<Delivery, 'channel' | 'target'>;

/** Targets that fail or are slow are remembered; with more of them the longest known are forgotten, and found out again. */
const MAX_POOR = 5_000;
/** All poor targets together get this part of the room, so that they never hold up the others. */
const POOR_SHARE = 0.25;

/** Lanes shares the room between targets: none gets more than its part, and one that failed or was slow gets one at a time. */
export class Lanes {
  private readonly sending = new Map<string, Target & { count: number }>();
  /** Least recently tried first. */
  private readonly poor = new Map<string, Target>();
  private total = 0;

  constructor(private readonly options: LanesOptions) {}

  /** ask is what may be taken now; undefined: nothing. */
  ask(): TakeAsk | undefined {
    const { concurrency, perTarget } = this.options;
    const limit = concurrency - this.total;
    return limit > 0 ? { limit, perTarget, lanes: this.limits() } : undefined;
  }

  started(target: Target): void {
    const key = keyOf(target);
    const lane = this.sending.get(key);
    if (lane === undefined) this.sending.set(key, { channel: target.channel, target: target.target, count: 1 });
    else lane.count += 1;
    this.total += 1;
    if (this.poor.has(key)) this.moveToEnd(key, target);
  }

  /** ended: `well` = the target answered, and soon. */
  ended(target: Target, well: boolean): void {
    const key = keyOf(target);
    const lane = this.sending.get(key);
    this.total -= 1;
    if (lane !== undefined && --lane.count === 0) this.sending.delete(key);
    if (well) this.poor.delete(key);
    else this.moveToEnd(key, target);
    const [oldest] = this.poor.keys();
    if (this.poor.size > MAX_POOR && oldest !== undefined) this.poor.delete(oldest);
  }

  private limits(): readonly LaneLimit[] {
    const busy = [...this.sending.entries()].filter(([key]) => !this.poor.has(key));
    const healthy = busy.map(([, lane]) => limitOf(lane, Math.max(0, this.options.perTarget - lane.count)));
    const poor = [...this.poor.entries()];
    let room = Math.max(1, Math.floor(this.options.concurrency * POOR_SHARE)) - this.poorTotal();
    return [
      ...healthy,
      ...poor.map(([key, target]) => limitOf(target, room > 0 && !this.sending.has(key) ? Math.min(1, room--) : 0)),
    ];
  }

  private poorTotal(): number {
    let count = 0;
    for (const [key, lane] of this.sending) if (this.poor.has(key)) count += lane.count;
    return count;
  }

  private moveToEnd(key: string, { channel, target }: Target): void {
    this.poor.delete(key);
    this.poor.set(key, { channel, target });
  }
}

function limitOf({ channel, target }: Target, room: number): LaneLimit {
  return { channel, target, room };
}

function keyOf({ channel, target }: Target): string {
  return `${channel} ${target}`;
}
