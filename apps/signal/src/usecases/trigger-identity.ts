import { createHash } from 'node:crypto';
import type { JsonObject, SignalTrigger } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';
import type { Fired } from '../ports/triggers.js';

/** triggerUuid is the identity of a trigger within its workflow: the same text, the same trigger (part 2, §3.6). */
export function triggerUuid(workflowId: string, trigger: SignalTrigger): string {
  return nameUuid(`${workflowId}:${exactJsonText(trigger as unknown as JsonObject)}`);
}

/** startId is the request id of what a match starts: the text that the trigger chose, or which signals fired it. */
export function startId({ workflowId, uuid, signals }: Fired, chosen: string | undefined): string {
  if (chosen !== undefined) return nameUuid(`${workflowId}:dedup:${chosen}`);
  const ids = Object.entries(signals).map(([name, { seqId }]) => `${name}=${seqId}`);
  return nameUuid(`${workflowId}:${uuid}:${ids.sort().join('&')}`);
}

/** A UUID made of a name, in the form of version 8 (RFC 9562: free of rules but for version and variant). */
function nameUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
