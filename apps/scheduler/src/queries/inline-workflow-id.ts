import { createHash } from 'node:crypto';
import type { RunHeader } from '@maestro/engine';

/** inlineWorkflowId is the id of the workflow that all iterations of a step of one instance belong to (specification §5.2). */
export function inlineWorkflowId(header: RunHeader, kind: 'foreach' | 'while', stepId: string): string {
  const { workflowKey, workflowId, instanceId, initiator } = header;
  const root = 'ancestors' in initiator ? (initiator.ancestors[0]?.instanceId ?? instanceId) : instanceId;
  const digest = createHash('md5')
    .update(JSON.stringify([stepId, String(instanceId), workflowId]))
    .digest('hex');
  return `maestro_${kind}_${base62(workflowKey)}_${orderKey(root)}_${digest}`;
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
