/** QueuePlace is what has room of its own in the work queues: a tenant's steps of one type in one pool. */
export interface QueuePlace {
  readonly pool: string;
  readonly stepType: string;
  readonly tenant: string;
}

const SEPARATOR = '\u001f';

/**
 * queueKey names a queue place. Room is counted for each by itself: a type whose steps hang, or a tenant with many, fills its own
 * and leaves the others theirs.
 */
export function queueKey({ pool, stepType, tenant }: QueuePlace): string {
  return [pool, stepType, tenant].join(SEPARATOR);
}

/** poolOfKey is the pool of a queue place; of a row of an earlier release, which names the pool alone, that. */
export function poolOfKey(key: string): string {
  return key.split(SEPARATOR)[0] ?? '';
}
