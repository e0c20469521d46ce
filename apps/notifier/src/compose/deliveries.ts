import type { CallerBase, Closers } from '@maestro/service';
import type { Telemetry } from '@maestro/telemetry';
import { postgresDeliveries } from '../adapters/postgres/deliveries.js';
import type { NotifierConfig } from '../config.js';
import { DeliveryLoop } from '../loops/deliver.js';
import type { Channel } from '../ports/channel.js';
import type { Deliveries } from '../ports/delivery.js';
import { Lanes } from '../usecases/lanes.js';
import { Sender, type SenderDeps } from '../usecases/sender.js';

const HOUR_MS = 3_600_000;
/** For what a try does beside waiting for the receiver. */
const LEASE_MARGIN_MS = 10_000;

/** Outgoing is where deliveries are put, and who is told that there are new ones. */
export interface Outgoing {
  readonly deliveries: Deliveries;
  nudge(): void;
}

/** startDeliveries sends what is in the table through the channels. */
export function startDeliveries(
  { pool, clock, telemetry }: CallerBase,
  config: NotifierConfig,
  channels: readonly Channel[],
  closers: Closers,
): Outgoing {
  const { logger } = telemetry;
  const timeoutMs = config.deliveryTimeoutMs;
  const deliveries = postgresDeliveries({ pool, clock, leaseMs: timeoutMs + LEASE_MARGIN_MS });
  const policy = {
    tries: config.deliveryTries,
    firstMs: config.deliveryFirstRetryMs,
    longestMs: config.deliveryLongestRetryMs,
    giveUpMs: config.deliveryGiveUpHours * HOUR_MS,
  };
  const lanes = new Lanes({ concurrency: config.deliveryConcurrency, perTarget: config.targetConcurrency });
  const onTried = triedMetric(telemetry);
  const loop = new DeliveryLoop({
    deliveries,
    clock,
    logger,
    senderOf: (onSettled) =>
      new Sender({
        deliveries,
        channels,
        lanes,
        policy,
        timeoutMs,
        clock,
        logger,
        chance: Math.random,
        onTried,
        onSettled,
      }),
  });
  closers.add(() => loop.stop());
  return { deliveries, nudge: () => loop.nudge() };
}

function triedMetric({ meter }: Telemetry): SenderDeps['onTried'] {
  const times = meter.createHistogram('notifier_delivery_seconds', {
    description: 'How long tries to deliver took, by channel and result',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.005, 0.02, 0.1, 0.5, 2, 10, 60] },
  });
  return (channel, result, ms) => times.record(ms / 1_000, { channel, result });
}
