import type { RunKey } from './ids.js';
import type { Millis } from './time.js';

/**
 * Layout of a run key, most significant first: 3 bits retention class, 41 bits milliseconds since 2024, 6 bits shard,
 * 13 bits sequence. So one range of keys is one (retention class, time span): the unit of a partition.
 */
const EPOCH = Date.UTC(2024, 0, 1);
const SEQUENCE_BITS = 13n;
const SHARD_BITS = 6n;
const TIME_BITS = 41n;

/** SHARDS is how many shards a database has for all its life. */
export const SHARDS = 1 << Number(SHARD_BITS);
/** RUN_SEQUENCES is how many keys one shard can give out in one millisecond. */
export const RUN_SEQUENCES = 1 << Number(SEQUENCE_BITS);

export interface RunKeyParts {
  /** 0..7; how long the run's rows are kept. */
  readonly retentionClass: number;
  readonly at: Millis;
  readonly shard: number;
  readonly sequence: number;
}

export function makeRunKey(parts: RunKeyParts): RunKey {
  const time = BigInt(parts.at - EPOCH);
  const high = (BigInt(parts.retentionClass) << TIME_BITS) | time;
  return (((high << SHARD_BITS) | BigInt(parts.shard)) << SEQUENCE_BITS) | BigInt(parts.sequence);
}

/** TIME_ORDER is the bits of a run key that are not its retention class: they order the runs of all classes by time. */
export const TIME_ORDER = (1n << (TIME_BITS + SHARD_BITS + SEQUENCE_BITS)) - 1n;

/** timeOrder is a run key without its retention class. */
export function timeOrder(runKey: RunKey): bigint {
  return runKey & TIME_ORDER;
}

export function shardOf(runKey: RunKey): number {
  return Number((runKey >> SEQUENCE_BITS) & BigInt(SHARDS - 1));
}

export function runKeyParts(runKey: RunKey): RunKeyParts {
  const high = runKey >> (SEQUENCE_BITS + SHARD_BITS);
  return {
    retentionClass: Number(high >> TIME_BITS),
    at: Number(high & ((1n << TIME_BITS) - 1n)) + EPOCH,
    shard: shardOf(runKey),
    sequence: Number(runKey & BigInt(RUN_SEQUENCES - 1)),
  };
}
