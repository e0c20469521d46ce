import { createHash } from 'node:crypto';
import type { RunHeader } from '@maestro/engine';

/** LoopOwner is as much of a run with loops as the ids of their iterations follow from. */
export type LoopOwner = Pick<RunHeader, 'workflowKey' | 'workflowId' | 'instanceId' | 'initiator'>;

/** inlineWorkflowId is the id of the workflow that all iterations of a step of one instance belong to (specification §5.2). */
export function inlineWorkflowId(header: LoopOwner, kind: 'foreach' | 'while', stepId: string): string {
  const { workflowId, instanceId } = header;
  const digest = createHash('md5')
    .update(JSON.stringify([stepId, String(instanceId), workflowId]))
    .digest('hex');
  return `${inlineIdPrefix(header, kind)}${digest}`;
}

/** inlineIdPrefix is what the ids of all loops of a kind begin with that lie in one instance, at any depth. */
export function inlineIdPrefix(
  { workflowKey, instanceId, initiator }: Pick<RunHeader, 'workflowKey' | 'instanceId' | 'initiator'>,
  kind: 'foreach' | 'while',
): string {
  const root = 'ancestors' in initiator ? (initiator.ancestors[0]?.instanceId ?? instanceId) : instanceId;
  return `maestro_${kind}_${base62(workflowKey)}_${orderKey(root)}_`;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: bigint): string {
  let text = '';
  for (let rest = value; rest > 0n || text === ''; rest /= 62n) text = `${DIGITS[Number(rest % 62n)]}${text}`;
  return text;
}

/** Text that orders as the number does: its length first. */
function orderKey(value: bigint): string {
  const digits = base62(value);
  return `${DIGITS[digits.length]}${digits}`;
}
