import { integer, setting } from '@maestro/config';

/** deliverySettings say how hard the notifier tries, and how long it remembers. */
export const deliverySettings = {
  deliveryTries: setting({
    flag: 'notifier-delivery-tries',
    env: 'MAESTRO_NOTIFIER_DELIVERY_TRIES',
    schema: integer({ min: 1, max: 1_000 }),
    default: '30',
    doc: 'how often a delivery is tried before it is dead; the pauses grow fourfold from a second to an hour, so 30 take a day',
    example: '10',
  }),
  deliveryFirstRetryMs: setting({
    flag: 'notifier-delivery-first-retry-ms',
    env: 'MAESTRO_NOTIFIER_DELIVERY_FIRST_RETRY_MS',
    schema: integer({ min: 10, max: 3_600_000 }),
    default: '1000',
    doc: 'pause before the second try; each further one is four times as long',
    example: '5000',
  }),
  deliveryLongestRetryMs: setting({
    flag: 'notifier-delivery-longest-retry-ms',
    env: 'MAESTRO_NOTIFIER_DELIVERY_LONGEST_RETRY_MS',
    schema: integer({ min: 10, max: 86_400_000 }),
    default: '3600000',
    doc: 'longest pause between two tries',
    example: '600000',
  }),
  deliveryGiveUpHours: setting({
    flag: 'notifier-delivery-give-up-hours',
    env: 'MAESTRO_NOTIFIER_DELIVERY_GIVE_UP_HOURS',
    schema: integer({ min: 1, max: 24 * 366 }),
    default: '48',
    doc: 'a delivery that has been pending for so long is dead, however often it was tried',
    example: '24',
  }),
  deliveryTimeoutMs: setting({
    flag: 'notifier-delivery-timeout-ms',
    env: 'MAESTRO_NOTIFIER_DELIVERY_TIMEOUT_MS',
    schema: integer({ min: 100, max: 60_000 }),
    default: '15000',
    doc: 'how long a receiver may take to answer',
    example: '5000',
  }),
  deliveryConcurrency: setting({
    flag: 'notifier-delivery-concurrency',
    env: 'MAESTRO_NOTIFIER_DELIVERY_CONCURRENCY',
    schema: integer({ min: 4, max: 10_000 }),
    default: '256',
    doc: 'how many deliveries this process sends at a time; receivers that fail or are slow get a quarter of them',
    example: '64',
  }),
  targetConcurrency: setting({
    flag: 'notifier-target-concurrency',
    env: 'MAESTRO_NOTIFIER_TARGET_CONCURRENCY',
    schema: integer({ min: 1, max: 100 }),
    default: '4',
    doc: 'how many deliveries a receiver gets at a time; with 1 they come in order',
    example: '1',
  }),
  deliveryKeepDays: setting({
    flag: 'notifier-delivery-keep-days',
    env: 'MAESTRO_NOTIFIER_DELIVERY_KEEP_DAYS',
    schema: integer({ min: 1, max: 36_525 }),
    default: '14',
    doc: 'how long deliveries are remembered that are delivered or dead',
    example: '30',
  }),
};
