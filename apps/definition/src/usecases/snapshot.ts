import type { Millis, Properties, PropertiesSnapshot } from '@maestro/domain';

/** nextSnapshot makes properties the snapshot of now; its time names it, so it is later than that of the one before. */
export function nextSnapshot(
  properties: Properties,
  next: { readonly workflowId: string; readonly author: string; readonly now: Millis; readonly before?: Millis },
): PropertiesSnapshot {
  const createTime = Math.max(next.now, (next.before ?? 0) + 1);
  return { ...properties, workflowId: next.workflowId, createTime, author: { name: next.author } };
}
