import type { Millis } from '@maestro/domain';

/** instantToProto: milliseconds since the epoch; 0 stands for an absent instant. */
export function instantToProto(instant: Millis | undefined): bigint {
  return BigInt(instant ?? 0);
}

/** instantFromProto: undefined for 0. */
export function instantFromProto(instant: bigint): Millis | undefined {
  return instant === 0n ? undefined : Number(instant);
}
