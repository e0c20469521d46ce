import type { Millis } from '@maestro/domain';
import type { Logger } from '@maestro/telemetry';
import type { Channel, Outcome } from '../ports/channel.js';
import type { Clock } from '../ports/clock.js';
import type { Deliveries, Delivery, Settled } from '../ports/delivery.js';
import type { Lanes } from './lanes.js';
import { settledBy, type RetryPolicy } from './outcome-state.js';

export interface SenderDeps {
  readonly deliveries: Pick<Deliveries, 'take'>;
  readonly channels: readonly Channel[];
  readonly lanes: Lanes;
  readonly policy: RetryPolicy;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 to 1. */
  readonly chance: () => number;
  readonly onTried: (channel: string, result: Outcome['result'], ms: number) => void;
  /** What is to be written down. */
  readonly onSettled: (settled: Settled) => void;
}

/** A target that takes longer is slow: it gets less room. */
const SLOW_MS = 2_000;

/** Sender takes what is due and sends it, each target in its own lane. */
export class Sender {
  private readonly channels: ReadonlyMap<string, Channel>;
  private readonly stopping = new AbortController();
  private active = 0;
  private onIdle: (() => void) | undefined;

  constructor(private readonly deps: SenderDeps) {
    this.channels = new Map(deps.channels.map((channel) => [channel.name, channel]));
  }

  /** sendDue begins to send what is due and there is room for; answers how much that was. */
  async sendDue(now: Millis): Promise<number> {
    const ask = this.deps.lanes.ask();
    if (ask === undefined) return 0;
    const taken = await this.deps.deliveries.take(ask, now);
    for (const delivery of taken) this.deps.lanes.started(delivery);
    this.active += taken.length;
    for (const delivery of taken) void this.send(delivery);
    return taken.length;
  }

  /** idle resolves when nothing is being sent. */
  idle(): Promise<void> {
    return this.active === 0 ? Promise.resolve() : new Promise((resolve) => (this.onIdle = resolve));
  }

  /** abort gives up what is being sent: it counts as a try. */
  abort(): void {
    this.stopping.abort(new Error('the notifier stopped'));
  }

  private async send(delivery: Delivery): Promise<void> {
    const { lanes, policy, clock, chance, onSettled, onTried } = this.deps;
    const began = performance.now();
    const outcome = await this.try(delivery);
    const ms = performance.now() - began;
    onTried(delivery.channel, outcome.result, ms);
    lanes.ended(delivery, outcome.result !== 'retry' && ms < SLOW_MS);
    onSettled(settledBy(delivery, outcome, policy, clock.now(), chance()));
    this.active -= 1;
    if (this.active === 0) this.onIdle?.();
  }

  private async try(delivery: Delivery): Promise<Outcome> {
    const channel = this.channels.get(delivery.channel);
    if (channel === undefined) {
      return { result: 'retry', reason: `This notifier has no channel ${delivery.channel}.` };
    }
    const limit = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(this.deps.timeoutMs)]);
    try {
      return await channel.send(delivery, limit);
    } catch (err) {
      this.deps.logger.debug({ err, delivery: delivery.key }, 'a delivery failed');
      return { result: 'retry', reason: err instanceof Error ? err.message : String(err) };
    }
  }
}
