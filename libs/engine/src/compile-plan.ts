import {
  MAX_LOOP_ITERATIONS,
  type LeafStep,
  type ResolvedTemplate,
  type Step,
  type Workflow,
  type WorkflowKey,
} from '@maestro/domain';
import {
  defaultsByType,
  expandWorkflow,
  mergeDefinitionParams,
  mergeStepDefinition,
  TemplateBook,
  type ExpandedWorkflow,
  type StepDefinitionLayers,
} from '@maestro/params';
import type { Compiler } from '@maestro/sel';
import { controlFlowDefaults, type StepType } from '@maestro/steps';
import { DEFAULT_SETTINGS, type PlanSettings } from './plan-settings.js';
import type { Edge, Plan, PlanLimits, PlanStep } from './plan.js';

/** PlanInput is a definition version and what the engine must know of the world to run it. */
export interface PlanInput {
  readonly workflowKey: WorkflowKey;
  readonly version: bigint;
  readonly workflow: Workflow;
  /** The job templates that its steps name; none when it is not given. */
  readonly templates?: readonly ResolvedTemplate[];
  /** Their revision: a run keeps it, so that it goes by the same plan as long as it lasts. */
  readonly templateRevision?: number | undefined;
  readonly compiler: Compiler;
  /** Finds a leaf step type by name, in any case. */
  stepType(name: string): StepType | undefined;
  /** The pool whose executors run a step; `default` when it is not given. */
  poolOf?(step: LeafStep): string;
  /** What loops may do; the original's limits when it is not given. */
  readonly limits?: PlanLimits;
  /** What the installation puts around definitions; DEFAULT_SETTINGS when it is not given. */
  readonly settings?: PlanSettings;
}

const DEFAULT_POOL = 'default';

/**
 * compilePlan compiles a definition that has been validated at push (libs/dsl). Steps that cannot run yet get a place in the plan
 * and fail when they are reached.
 */
export function compilePlan(input: PlanInput): Plan {
  const book = new TemplateBook(input.templates ?? []);
  const expanded = expandWorkflow(input.workflow, book);
  return planOf({ ...input, workflow: expanded.workflow, expanded, book }, expanded.workflow.steps, []);
}

/** Expanded is the input with the steps of templates in their places. */
interface Expanded extends PlanInput {
  readonly expanded: ExpandedWorkflow;
  readonly book: TemplateBook;
}

const DEFAULT_LIMITS: PlanLimits = { iterations: MAX_LOOP_ITERATIONS };

/** A loop's body is a plan of its own: without params or a time-out, as those of its iterations come from the loop. */
function planOf(input: Expanded, own: readonly Step[], body: readonly string[]): Plan {
  const { workflow, workflowKey, version, compiler, settings = DEFAULT_SETTINGS } = input;
  const ordinals = new Map(own.map((step, ordinal) => [step.id, ordinal]));
  const edges = own.map((step) => edgesOf(step, ordinals));
  const predecessors = predecessorsOf(edges);
  const steps = own.map((step, ordinal): PlanStep => {
    const graph = { ordinal, predecessors: predecessors[ordinal] ?? [], successors: edges[ordinal] ?? [] };
    return { ...planStep(input, step, graph), ...ofTemplates(input, step), ...nesting(input, step, body) };
  });
  const whole = body.length === 0;
  return {
    workflowKey,
    workflowId: workflow.id,
    version,
    ...(input.templateRevision === undefined ? {} : { templateRevision: input.templateRevision }),
    workflow,
    body,
    steps,
    nested: steps.filter(({ runs }) => runs === 'foreach' || runs === 'while' || runs === 'subworkflow'),
    ordinals,
    exits: exitsOf(input.expanded, ordinals),
    roots: steps.filter((step) => step.predecessors.length === 0).map((step) => step.ordinal),
    timeout: whole ? workflow.timeout : undefined,
    params: whole ? mergeDefinitionParams(settings.defaults.workflow, workflow.params ?? {}) : {},
    compiler,
    settings,
    limits: input.limits ?? DEFAULT_LIMITS,
  };
}

/** What only steps have that have to do with job templates. */
function ofTemplates({ expanded, book }: Expanded, step: Step): Partial<PlanStep> {
  const origin = expanded.origins.get(step.id);
  const problem = expanded.problems.get(step.id);
  const own =
    step.kind === 'step' && step.subType !== undefined
      ? { own: { jobType: step.subType, version: step.subTypeVersion, book } }
      : {};
  const around = origin?.templates ?? [];
  return {
    ...(origin === undefined ? {} : { templateStep: origin.templateStep }),
    ...(around.length > 0 || 'own' in own ? { templates: { around, ...own } } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}

function exitsOf({ exits }: ExpandedWorkflow, ordinals: ReadonlyMap<string, number>): Plan['exits'] {
  const known = [...exits].map(([id, steps]) => [id, steps.flatMap((each) => ordinals.get(each) ?? [])] as const);
  return new Map(known.filter(([, steps]) => steps.length > 0));
}

/** What only steps that start runs have. */
function nesting(input: Expanded, step: Step, around: readonly string[]): Partial<PlanStep> {
  if (step.kind === 'subworkflow') return { sync: step.sync ?? true, explicitParams: step.explicitParams ?? false };
  if (step.kind !== 'foreach' && step.kind !== 'while') return {};
  const body = planOf(input, step.steps, [...around, step.id]);
  if (step.kind === 'while') return { body, condition: step.condition };
  const concurrency = step.concurrency === undefined ? {} : { concurrency: step.concurrency };
  return { body, strictOrdering: step.strictOrdering ?? false, ...concurrency };
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
  input: Expanded,
  step: Step,
  graph: Pick<PlanStep, 'ordinal' | 'predecessors' | 'successors'>,
): PlanStep {
  const type = step.kind === 'step' ? input.stepType(step.type) : undefined;
  const layers = stepLayers(input, step, type);
  return {
    ...graph,
    id: step.id,
    definition: step,
    type: type?.name ?? (step.kind === 'step' ? step.type : step.kind),
    runs: runsOf(step, type),
    onExecutorLost: type?.onExecutorLost ?? 'fail',
    pool: step.kind === 'step' ? (input.poolOf?.(step) ?? DEFAULT_POOL) : DEFAULT_POOL,
    failureMode: step.failureMode ?? 'FAIL_AFTER_RUNNING',
    retryPolicy: step.kind === 'step' ? (step.retryPolicy ?? {}) : {},
    timeout: step.timeout,
    params: mergeStepDefinition(layers),
    layers,
    tags: step.tags ?? [],
  };
}

function runsOf({ kind }: Step, type: StepType | undefined): PlanStep['runs'] {
  if (kind === 'foreach' || kind === 'while' || kind === 'subworkflow') return kind;
  if (!type || type.runs === 'later') return 'unsupported';
  if (type.runs === 'executor') return 'dispatched';
  return type.name === 'Sleep' ? 'sleep' : 'noop';
}

function stepLayers(input: PlanInput, step: Step, type: StepType | undefined): StepDefinitionLayers {
  const { defaults } = input.settings ?? DEFAULT_SETTINGS;
  const ofType = type?.defaultParams ?? controlFlowDefaults(step.kind);
  const byType = defaultsByType(defaults, type?.name ?? step.kind, ofType);
  return { defaults: defaults.step, byType, definition: step.params ?? {} };
}
