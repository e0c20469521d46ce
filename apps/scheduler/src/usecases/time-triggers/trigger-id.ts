import { createHash } from 'node:crypto';
import { SHARDS } from '@maestro/domain';

/** nameUuid is the UUID (version 3) of a name, as Java's `UUID.nameUUIDFromBytes` makes it. */
export function nameUuid(name: string): string {
  const bytes = createHash('md5').update(name).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x30;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** triggerId names a trigger of a workflow in all its versions. */
export function triggerId(workflowId: string, identity: string): string {
  return nameUuid(`${workflowId}:${identity}`);
}

/** firingRequestId is the request id of a start: whoever starts that firing again finds the run that there is (specification §4.3). */
export function firingRequestId(workflowId: string, identity: string, nominal: number): string {
  return nameUuid(`${workflowId}:${identity}:${Math.floor(nominal / 1_000)}`);
}

/** seedOf is what the delay of a trigger is drawn with. */
export function seedOf(id: string): bigint {
  return BigInt(`0x${id.replaceAll('-', '').slice(16)}`);
}

/** shardOfTrigger spreads triggers over the shards. */
export function shardOfTrigger(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) % SHARDS;
}
