import {
  type FieldViolation,
  type LeafStep,
  type ParamDefinitions,
  type ResolvedTemplate,
  type Step,
  type Workflow,
} from '@maestro/domain';
import {
  definedTemplateVersion,
  expandWorkflow,
  stepTypeProblem,
  TemplateBook,
  templateVersion,
  type ExpandedWorkflow,
} from '@maestro/params';
import { stepType } from '@maestro/steps';
import { stepParams } from './static-params.js';
import { violationsOf } from './violations-of.js';

/** Checked is a workflow with its templates, as far as a definition says which. */
export interface CheckedTemplates {
  readonly expanded: ExpandedWorkflow;
  readonly violations: readonly FieldViolation[];
}

/**
 * checkTemplates looks up the templates that steps name: they exist, are for steps of their type, go together with the params of the step,
 * and template steps can be replaced by their steps. A version that only a run can tell is not looked up.
 */
export function checkTemplates(
  workflow: Workflow,
  templates: readonly ResolvedTemplate[],
  path: string,
): CheckedTemplates {
  const book = new TemplateBook(templates);
  const expanded = expandWorkflow(workflow, book);
  const walk: Walk = { book, params: workflow.params, problems: expanded.problems };
  const own = inSteps(workflow.steps, `${path}.steps`, walk);
  return { expanded, violations: [...own, ...ofTemplateSteps(expanded, workflow, path, walk)] };
}

interface Walk {
  readonly book: TemplateBook;
  readonly params: ParamDefinitions | undefined;
  readonly problems: ReadonlyMap<string, string>;
}

function inSteps(steps: readonly Step[], path: string, walk: Walk): readonly FieldViolation[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}].${step.kind}`;
    const problem = walk.problems.get(step.id);
    if (problem !== undefined) return [{ path: `${at}.sub_type`, message: problem }];
    if ('steps' in step) return inSteps(step.steps, `${at}.steps`, walk);
    return step.kind === 'step' && step.subType !== undefined ? ofLeaf(step, step.subType, at, walk) : [];
  });
}

function ofLeaf(step: LeafStep, jobType: string, at: string, { book, params }: Walk): readonly FieldViolation[] {
  if (step.subTypeVersion === undefined && isUpToTheRun(params)) return [];
  const { template, problem } = book.find(jobType, templateVersion(step, definedTemplateVersion(params)));
  if (template === undefined) return [{ path: `${at}.sub_type`, message: problem }];
  const type = step.type === jobType ? template.stepType : step.type;
  const wrong = stepTypeProblem(template, type);
  if (wrong !== undefined) return [{ path: `${at}.sub_type`, message: wrong }];
  const found = violationsOf(() => stepParams({ ...step, type }, template.params));
  const own = stepType(type)?.validate({ ...step, type }) ?? [];
  return [...found, ...own].map((each) => ({ ...each, path: `${at}.${each.path}` }));
}

function isUpToTheRun(params: ParamDefinitions = {}): boolean {
  return 'job_template_version' in params && definedTemplateVersion(params) === undefined;
}

/** Steps that templates brought have no place in the text that was pushed: their faults are told at the template step. */
function ofTemplateSteps(
  { workflow: { steps }, origins }: ExpandedWorkflow,
  { steps: pushed }: Workflow,
  path: string,
  walk: Walk,
): readonly FieldViolation[] {
  const places = placesOf(pushed, `${path}.steps`);
  return leavesOf(steps).flatMap((step) => {
    const origin = origins.get(step.id);
    if (origin === undefined) return [];
    const at = placeOf(places, origin.templateStep);
    const problem = walk.problems.get(step.id);
    const found = problem === undefined ? ofBroughtLeaf(step, walk) : [{ path: 'sub_type', message: problem }];
    return found.map((each) => ({ path: `${at}.sub_type`, message: `step ${step.id}: ${each.path} ${each.message}` }));
  });
}

function ofBroughtLeaf(step: Step, walk: Walk): readonly FieldViolation[] {
  if (step.kind !== 'step') return [];
  if (step.subType !== undefined) return ofLeaf(step, step.subType, step.id, walk);
  return stepType(step.type)?.validate({ ...step, subType: '' }) ?? [];
}

function leavesOf(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => ('steps' in step ? leavesOf(step.steps) : [step]));
}

function placesOf(steps: readonly Step[], path: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  steps.forEach((step, index) => {
    const at = `${path}[${index}].${step.kind}`;
    places.set(step.id, at);
    if ('steps' in step) for (const [id, place] of placesOf(step.steps, `${at}.steps`)) places.set(id, place);
  });
  return places;
}

/** Of template steps in each other the outermost is in the text. */
function placeOf(places: ReadonlyMap<string, string>, id: string): string {
  const place = places.get(id);
  if (place !== undefined) return place;
  const dot = id.lastIndexOf('.');
  return dot < 0 ? 'workflow.steps' : placeOf(places, id.slice(0, dot));
}
