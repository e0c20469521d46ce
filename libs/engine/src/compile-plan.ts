import type { LeafStep, ParamDefinitions, Step, Workflow, WorkflowKey } from '@maestro/domain';
import { mergeParams } from '@maestro/params';
import type { Compiler } from '@maestro/sel';
import type { StepType } from '@maestro/steps';
import type { Edge, Plan, PlanStep } from './plan.js';

/** PlanInput is a definition version and what the engine must know of the world to run it. */
export interface PlanInput {
  readonly workflowKey: WorkflowKey;
  readonly version: bigint;
  readonly workflow: Workflow;
  readonly compiler: Compiler;
  /** Finds a leaf step type by name, in any case. */
  stepType(name: string): StepType | undefined;
  /** The pool whose executors run a step; `default` when it is not given. */
  poolOf?(step: LeafStep): string;
}

const DEFAULT_POOL = 'default';

/**
 * compilePlan compiles a definition that has been validated at push (libs/dsl). Steps that cannot run yet get a place in the plan
 * and fail when they are reached.
 */
export function compilePlan(input: PlanInput): Plan {
  const { workflow, workflowKey, version, compiler } = input;
  const ordinals = new Map(workflow.steps.map((step, ordinal) => [step.id, ordinal]));
  const edges = workflow.steps.map((step) => edgesOf(step, ordinals));
  const predecessors = predecessorsOf(edges);
  const steps = workflow.steps.map((step, ordinal): PlanStep => {
    const graph = { ordinal, predecessors: predecessors[ordinal] ?? [], successors: edges[ordinal] ?? [] };
    return planStep(input, step, graph);
  });
  return {
    workflowKey,
    workflowId: workflow.id,
    version,
    workflow,
    steps,
    ordinals,
    roots: steps.filter((step) => step.predecessors.length === 0).map((step) => step.ordinal),
    timeout: workflow.timeout,
    params: mergeParams({}, workflow.params ?? {}, { source: 'DEFINITION' }),
    compiler,
  };
}

function edgesOf(step: Step, ordinals: ReadonlyMap<string, number>): Edge[] {
  return Object.entries(step.transition?.successors ?? {}).map(([id, condition]) => {
    const to = ordinals.get(id);
    if (to === undefined) throw new Error(`step ${step.id} leads to ${id}, which is not a step of the workflow`);
    return { to, condition: condition.trim() };
  });
}

function predecessorsOf(edges: readonly (readonly Edge[])[]): number[][] {
  const predecessors: number[][] = edges.map(() => []);
  edges.forEach((successors, from) => {
    for (const { to } of successors) predecessors[to]?.push(from);
  });
  return predecessors;
}

function planStep(
  input: PlanInput,
  step: Step,
  graph: Pick<PlanStep, 'ordinal' | 'predecessors' | 'successors'>,
): PlanStep {
  const type = step.kind === 'step' ? input.stepType(step.type) : undefined;
  return {
    ...graph,
    id: step.id,
    type: type?.name ?? (step.kind === 'step' ? step.type : step.kind),
    runs: runsOf(type),
    pool: step.kind === 'step' ? (input.poolOf?.(step) ?? DEFAULT_POOL) : DEFAULT_POOL,
    failureMode: step.failureMode ?? 'FAIL_AFTER_RUNNING',
    retryPolicy: step.kind === 'step' ? (step.retryPolicy ?? {}) : {},
    timeout: step.timeout,
    params: stepParams(type, step.params ?? {}),
    tags: step.tags ?? [],
  };
}

function runsOf(type: StepType | undefined): PlanStep['runs'] {
  if (!type || type.runs === 'later') return 'unsupported';
  if (type.runs === 'executor') return 'dispatched';
  return type.name === 'Sleep' ? 'sleep' : 'noop';
}

function stepParams(type: StepType | undefined, own: ParamDefinitions): ParamDefinitions {
  const defaults = mergeParams({}, type?.defaultParams ?? {}, { source: 'SYSTEM_DEFAULT' });
  return mergeParams(defaults, own, { source: 'DEFINITION' });
}
