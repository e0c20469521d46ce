import type { Ancestor, Millis } from '@maestro/domain';
import type { Plan } from './plan.js';
import type { RunHeader } from './state.js';

/** Breakpoint stops attempts of a step before they begin: in all runs of its workflow, or only in some. */
export interface Breakpoint {
  /** Id of the step, also of one inside of loops; or its path, ids of the loops first: `each_day/load`. */
  readonly stepId: string;
  readonly version?: bigint | undefined;
  readonly instanceId?: bigint | undefined;
  readonly runId?: bigint | undefined;
  readonly createdBy: string;
  readonly createTime: Millis;
}

/** NO_BREAKPOINTS is what nearly all workflows have. */
export const NO_BREAKPOINTS: readonly Breakpoint[] = [];

/** breakpointAt is the breakpoint that stops attempts of a step of this run. */
export function breakpointAt(
  breakpoints: readonly Breakpoint[],
  plan: Plan,
  header: RunHeader,
  stepId: string,
): Breakpoint | undefined {
  if (breakpoints.length === 0) return undefined;
  const path = [...plan.body, stepId].join('/');
  const { instanceId, runId } = rootOf(header);
  return breakpoints.find(
    (each) =>
      (each.stepId === stepId || each.stepId === path) &&
      (each.version ?? header.version) === header.version &&
      (each.instanceId ?? instanceId) === instanceId &&
      (each.runId ?? runId) === runId,
  );
}

/** An iteration is a part of the run that its loops lie in: that is the one which people mean. */
function rootOf(header: RunHeader): Pick<Ancestor, 'instanceId' | 'runId'> {
  const depth = header.body?.length ?? 0;
  const { initiator } = header;
  const ancestors = 'ancestors' in initiator ? initiator.ancestors : [];
  return (depth === 0 ? undefined : ancestors.at(-depth)) ?? header;
}
