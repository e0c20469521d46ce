import { nearest } from '@maestro/config';
import { MaestroError, type Millis } from '@maestro/domain';
import type { Breakpoint, Plan } from '@maestro/engine';
import type { StoredBreakpoint } from '../ports/breakpoint-store.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import { announceBreakpoints, type AnnounceDeps } from './announce-breakpoints.js';

export interface SetBreakpointDeps extends AnnounceDeps {
  readonly definitions: Pick<DefinitionStore, 'resolve' | 'plan'>;
  now(): Millis;
}

/** BreakpointAsk is where somebody wants a breakpoint. */
export type BreakpointAsk = Pick<Breakpoint, 'stepId' | 'version' | 'instanceId' | 'runId'> & {
  readonly workflowId: string;
};

/** setBreakpoint: from its answer on no replica begins an attempt there. Throws WORKFLOW_NOT_FOUND, VERSION_NOT_FOUND, STEP_NOT_FOUND, TIMED_OUT. */
export async function setBreakpoint(
  deps: SetBreakpointDeps,
  { workflowId, ...place }: BreakpointAsk,
  createdBy: string,
): Promise<StoredBreakpoint> {
  const selector = String(place.version ?? 'latest');
  const { seed, version, templateRevision } = await deps.definitions.resolve(workflowId, selector);
  const { workflowKey } = seed;
  checkStep(await deps.definitions.plan(workflowKey, version, templateRevision), place.stepId);
  const set = await deps.breakpoints.set({ workflowKey, ...place, createdBy, createTime: deps.now() });
  await announceBreakpoints(deps);
  return set;
}

function checkStep(plan: Plan, stepId: string): void {
  const known = stepNames(plan);
  if (known.includes(stepId)) return;
  const near = nearest(stepId, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `Version ${plan.version} of workflow "${plan.workflowId}" has no step "${stepId}".${hint}`;
  throw new MaestroError('STEP_NOT_FOUND', message, { metadata: { step_id: stepId } });
}

/** Ids and paths of all steps, those inside of loops too. */
function stepNames(plan: Plan): string[] {
  return plan.steps.flatMap(({ id, body }) => {
    const path = [...plan.body, id].join('/');
    return [...new Set([id, path]), ...(body === undefined ? [] : stepNames(body))];
  });
}
