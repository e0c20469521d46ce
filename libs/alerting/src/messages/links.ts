import type { AlertSubject } from '../alert.js';

/** linkOf is where people look at what an alert is about; undefined while no base URL is set. */
export function linkOf({ workflowId, instanceId, runId, stepId }: AlertSubject, baseUrl?: string): string | undefined {
  if (baseUrl === undefined) return undefined;
  const parts = ['workflows', workflowId];
  if (instanceId !== undefined) parts.push('instances', String(instanceId), 'runs', String(runId ?? 1n));
  if (stepId !== undefined) parts.push('steps', stepId);
  return `${baseUrl.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
}
