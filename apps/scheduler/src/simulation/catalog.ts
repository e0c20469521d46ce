import { MaestroError, type RunStrategyRule, type Step, type Workflow } from '@maestro/domain';
import { compilePlan, type Plan } from '@maestro/engine';
import { CHILD, randomFamily, randomWorkflow } from '@maestro/engine/testing';
import { createCompiler } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import fc from 'fast-check';
import type { QueueSeed } from '../commit/input.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { Random } from './random.js';

/** Entry is one workflow of a simulation. */
export interface Entry {
  readonly seed: QueueSeed;
  readonly plan: Plan;
}

/** LIMITED are the tags that steps may have and that are limited. */
export const LIMITED = ['gpu', 'warehouse'] as const;

const RULES: readonly RunStrategyRule[] = [
  'PARALLEL',
  'PARALLEL',
  'SEQUENTIAL',
  'STRICT_SEQUENTIAL',
  'FIRST_ONLY',
  'LAST_ONLY',
];
const compiler = createCompiler({ cacheSize: 10_000 });

/** Catalog is the workflows of a simulation, each with a run strategy of its own; it never fails and is never late. */
export class Catalog implements DefinitionStore {
  readonly entries: readonly Entry[];

  constructor(random: Random) {
    const count = 1 + random.below(2);
    const roots = Array.from({ length: count }, (_, index) => rootOf(random, `root${index}`));
    this.entries = [...roots, withTags(CHILD, random)].map((workflow, index) =>
      entryOf(workflow, BigInt(index + 1), random),
    );
  }

  /** Workflows that people start. */
  get roots(): readonly Entry[] {
    return this.entries.slice(0, -1);
  }

  async resolve(workflowId: string): Promise<Awaited<ReturnType<DefinitionStore['resolve']>>> {
    const entry = this.entries.find(({ seed }) => seed.workflowId === workflowId);
    if (entry === undefined) throw new MaestroError('WORKFLOW_NOT_FOUND', `There is no workflow ${workflowId}.`);
    return { seed: entry.seed, version: 1n, stale: false };
  }

  async plan(workflowKey: bigint): Promise<Plan> {
    return this.planOf(workflowKey);
  }

  cachedPlan(): Plan | undefined {
    return undefined;
  }

  planOf(workflowKey: bigint): Plan {
    const entry = this.entries[Number(workflowKey) - 1];
    if (entry === undefined) throw new Error(`there is no workflow with the key ${workflowKey}`);
    return entry.plan;
  }
}

function rootOf(random: Random, id: string): Workflow {
  const kind = random.chance(0.5) ? randomFamily : randomWorkflow;
  const [workflow] = fc.sample<Workflow>(kind, { seed: random.below(2_147_483_647), numRuns: 1 });
  if (workflow === undefined) throw new Error('nothing was drawn');
  const limit = random.chance(0.2) ? { instanceStepConcurrency: 1 + random.below(2) } : {};
  return withTags({ ...workflow, ...limit, id }, random);
}

/** Some steps that do work need permits. */
function withTags(workflow: Workflow, random: Random): Workflow {
  if (random.chance(0.5)) return workflow;
  const tagged = (step: Step): Step => {
    const inner = 'steps' in step ? { ...step, steps: step.steps.map(tagged) } : step;
    // A subworkflow step with a tag would hold what the steps of its run may wait for: the user's own deadlock.
    if (step.kind !== 'step' || random.chance(0.5)) return inner;
    const names = random.chance(0.3) ? LIMITED : [random.pick(LIMITED)];
    return { ...inner, tags: names.map((name) => ({ name })) };
  };
  return { ...workflow, steps: workflow.steps.map(tagged) };
}

function entryOf(workflow: Workflow, workflowKey: bigint, random: Random): Entry {
  const rule = random.pick(RULES);
  const plan = compilePlan({ workflowKey, version: 1n, workflow, compiler, stepType });
  const seed: QueueSeed = {
    workflowKey,
    workflowId: workflow.id,
    tenant: 'default',
    rule,
    concurrency: rule === 'PARALLEL' ? 1 + random.below(4) : 1,
    revision: 1n,
    activeVersion: 1n,
  };
  return { seed, plan };
}
