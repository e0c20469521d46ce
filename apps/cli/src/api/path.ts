import type { RunReference, StepReference } from '../reference.js';

/** Query is what stands behind the `?`; what is undefined is left out, lists are repeated. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** apiPath joins the parts of an address below /api/v3, each escaped. */
export function apiPath(parts: readonly string[], query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const each of value === undefined ? [] : typeof value === 'string' ? [value] : value) search.append(key, each);
  }
  const path = `/api/v3/${parts.map(encodeURIComponent).join('/')}`;
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** workflowParts is the address of a workflow. */
export function workflowParts(workflowId: string, ...more: readonly string[]): string[] {
  return ['workflows', workflowId, ...more];
}

/** instanceParts is the address of an instance, whatever its run. */
export function instanceParts({ workflowId, instance }: RunReference, ...more: readonly string[]): string[] {
  return ['workflows', workflowId, 'instances', instance, ...more];
}

/** runParts is the address of a run. */
export function runParts(run: RunReference, ...more: readonly string[]): string[] {
  return instanceParts(run, 'runs', run.run, ...more);
}

/** stepParts is the address of a step of a run. */
export function stepParts(step: StepReference, ...more: readonly string[]): string[] {
  return runParts(step, 'steps', step.stepId, ...more);
}
