import type { Millis } from '@maestro/domain';
import { workflowTag } from '@maestro/engine';
import type { LimitedTags } from '../permits/limited-tags.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { PermitStore } from '../ports/permit-store.js';

export interface KeepConcurrencyDeps {
  readonly permits: PermitStore;
  readonly limited: LimitedTags;
  now(): Millis;
}

/** StepConcurrency is how many steps of a workflow may run at a time, as definition's change feed says at a position. */
export interface StepConcurrency {
  readonly tenant: string;
  readonly workflowId: string;
  readonly revision: bigint;
  /** undefined = any number. */
  readonly limit: number | undefined;
}

/**
 * keepStepConcurrency makes the property `step_concurrency` of a workflow the limit of the tag that all its leaf steps have (spec §6.7).
 * When it resolves this replica knows of it; the others hear of it as of any limit. A limit that people have set for the tag stays. Costs
 * a look into memory when nothing has changed.
 */
export async function keepStepConcurrency(deps: KeepConcurrencyDeps, wanted: StepConcurrency): Promise<void> {
  const { tenant, workflowId, revision, limit } = wanted;
  const tag = { tenant, name: workflowTag(workflowId) };
  const known = deps.limited.find(tag);
  if (known?.limit === limit || known?.kind === 'TAG') return;
  await deps.permits.setStepConcurrency({ ...tag, limit }, revision, deps.now());
  const read = await deps.permits.limited(deps.limited.current);
  if (read !== undefined) deps.limited.refresh(read.revision, read.tags);
}

/** withStepConcurrency keeps the limits of workflows up to what each resolve says: a start never comes before its limit. */
export function withStepConcurrency(definitions: DefinitionStore, deps: KeepConcurrencyDeps): DefinitionStore {
  return {
    ...definitions,
    resolve: async (workflowId, version) => {
      const resolved = await definitions.resolve(workflowId, version);
      const { stale, stepConcurrency: limit, seed } = resolved;
      const { tenant, revision } = seed;
      if (!stale) await keepStepConcurrency(deps, { tenant, workflowId: seed.workflowId, revision, limit });
      return resolved;
    },
  };
}
