import { MAX_ID_LENGTH, MAX_STEPS, type Step, type TemplateStep, type Workflow } from '@maestro/domain';
import type { ExpandedWorkflow, Given, StepOrigin, TemplateSteps } from './expanded-workflow.js';
import { mergedTags, templateName } from './resolve-template.js';
import { definedTemplateVersion, stepTypeProblem, templateVersion, type TemplateBook } from './template-book.js';
import { endsOf, wireSteps } from './wire-steps.js';

/** Why a template step cannot be replaced. */
class Unexpandable extends Error {}

/** Place is where an expansion is: in the place of which template step, and by which templates. */
interface Place {
  readonly templateStep?: string;
  readonly given: Given;
  readonly path: readonly string[];
}

const OUTSIDE: Place = { given: { params: {}, templates: [] }, path: [] };

/**
 * expandWorkflow replaces each template step by the steps of its template, at every level; the id of a step that comes from one is
 * `<template step>.<its id>`. A leaf step whose type is the name of a template gets the type of that. Which version of a template holds is
 * decided without a run: only literal params of the definition count. Steps that cannot be replaced stay, with the reason.
 */
export function expandWorkflow(workflow: Workflow, book: TemplateBook): ExpandedWorkflow {
  const expansion = new Expansion(workflow, book);
  const steps = expansion.level(workflow.steps, OUTSIDE);
  const { origins, exits, problems } = expansion;
  return { workflow: { ...workflow, steps }, origins, exits, problems };
}

class Expansion {
  readonly origins = new Map<string, StepOrigin>();
  readonly exits = new Map<string, readonly string[]>();
  readonly problems = new Map<string, string>();
  private readonly ids: Set<string>;
  private readonly version: string | undefined;

  constructor(
    { steps, params }: Workflow,
    private readonly book: TemplateBook,
  ) {
    this.ids = new Set(idsOf(steps));
    this.version = definedTemplateVersion(params);
  }

  level(steps: readonly Step[], place: Place): readonly Step[] {
    const replaced = new Map<string, TemplateSteps>();
    const own = steps.map((step) => {
      const named = place.templateStep === undefined ? step : this.named(step, place, place.templateStep);
      if (named.kind === 'template') this.replace(named, place, replaced);
      return this.inside(named, place);
    });
    return wireSteps(own, replaced);
  }

  /** Loops are entered; a type that is the name of a template is looked up. */
  private inside(step: Step, place: Place): Step {
    if ('steps' in step) return { ...step, steps: this.level(step.steps, { ...place, given: OUTSIDE.given }) };
    if (step.kind !== 'step' || step.subType !== step.type) return step;
    const found = this.book.find(step.subType, templateVersion(step, this.version));
    if (found.template === undefined) this.problems.set(step.id, found.problem);
    return found.template === undefined ? step : { ...step, type: found.template.stepType };
  }

  private replace(step: TemplateStep, place: Place, replaced: Map<string, TemplateSteps>): void {
    const before = [new Set(this.ids), new Map(this.origins), new Map(this.exits)] as const;
    try {
      const inside = this.stepsOf(step, place);
      replaced.set(step.id, inside);
      this.exits.set(step.id, inside.exits);
    } catch (error) {
      if (!(error instanceof Unexpandable) || place.templateStep !== undefined) throw error;
      this.problems.set(step.id, error.message);
      restore(this.ids, this.origins, this.exits, before);
    }
  }

  private stepsOf(step: TemplateStep, { given, path }: Place): TemplateSteps {
    const found = this.book.find(step.subType ?? '', templateVersion(step, this.version));
    if (found.template === undefined) throw new Unexpandable(found.problem);
    const { template } = found;
    const name = `${template.jobType}:${template.version}`;
    if (path.includes(name)) throw new Unexpandable(`templates contain each other: ${[...path, name].join(' -> ')}`);
    const wrong = stepTypeProblem(template, 'template');
    if (wrong !== undefined) throw new Unexpandable(wrong);
    if (template.steps.length === 0) throw new Unexpandable(`the job template ${templateName(template)} has no steps`);
    const inner: Given = {
      params: { ...given.params, ...step.params },
      templates: [...given.templates, template],
    };
    const own = { ...step, tags: mergedTags(template.tags, step.tags ?? []) };
    const place = { templateStep: step.id, given: inner, path: [...path, name] };
    const steps = this.level(template.steps, place).map((each) => withinTemplate(each, own));
    return withSignals(steps, step);
  }

  /** The id of a step in its place, and what the template step gives it. */
  private named(step: Step, { given }: Place, templateStep: string): Step {
    const id = `${templateStep}.${step.id}`;
    if (id.length > MAX_ID_LENGTH)
      throw new Unexpandable(`the id ${id} has more than ${MAX_ID_LENGTH} characters; shorten the id of the step`);
    if (this.ids.has(id)) throw new Unexpandable(`a step of the template gets the id ${id}, which another step has`);
    this.ids.add(id);
    if (this.ids.size > MAX_STEPS)
      throw new Unexpandable(`with the steps of templates there are more than ${MAX_STEPS} steps`);
    this.origins.set(id, { templateStep, templates: step.kind === 'template' ? [] : given.templates });
    const successors = Object.entries(step.transition?.successors ?? {});
    const transition = {
      successors: Object.fromEntries(successors.map(([next, condition]) => [`${templateStep}.${next}`, condition])),
    };
    const params = { ...given.params, ...step.params };
    return { ...step, id, transition, ...(Object.keys(params).length === 0 ? {} : { params }) };
  }
}

function restore(
  ids: Set<string>,
  origins: Map<string, StepOrigin>,
  exits: Map<string, readonly string[]>,
  [oldIds, oldOrigins, oldExits]: readonly [
    ReadonlySet<string>,
    ReadonlyMap<string, StepOrigin>,
    ReadonlyMap<string, readonly string[]>,
  ],
): void {
  for (const id of ids) if (!oldIds.has(id)) ids.delete(id);
  for (const id of origins.keys()) if (!oldOrigins.has(id)) origins.delete(id);
  for (const id of exits.keys()) if (!oldExits.has(id)) exits.delete(id);
}

function idsOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => ('steps' in step ? [step.id, ...idsOf(step.steps)] : [step.id]));
}

/** What a template step says of all the steps in its place. */
function withinTemplate(step: Step, { failureMode, tags = [] }: TemplateStep): Step {
  const all = mergedTags(tags, step.tags ?? []);
  return {
    ...step,
    ...(all.length === 0 ? {} : { tags: all }),
    ...(step.failureMode === undefined && failureMode !== undefined ? { failureMode } : {}),
  };
}

/** Signals are waited for by the one step that begins, and announced by the one that ends: two would do either twice. */
function withSignals(
  steps: readonly Step[],
  { signalDependencies: waits = [], signalOutputs: outputs = [] }: TemplateStep,
): TemplateSteps {
  const ends = endsOf(steps);
  if (waits.length > 0 && ends.entries.length !== 1)
    throw new Unexpandable(`signal_dependencies need a template that begins with one step, not ${ends.entries.length}`);
  if (outputs.length > 0 && ends.exits.length !== 1)
    throw new Unexpandable(`signal_outputs need a template that ends with one step, not ${ends.exits.length}`);
  if (waits.length + outputs.length === 0) return { steps, ...ends };
  const signaled = steps.map((step) => ({
    ...step,
    ...(waits.length > 0 && ends.entries.includes(step.id)
      ? { signalDependencies: [...waits, ...(step.signalDependencies ?? [])] }
      : {}),
    ...(outputs.length > 0 && ends.exits.includes(step.id)
      ? { signalOutputs: [...(step.signalOutputs ?? []), ...outputs] }
      : {}),
  }));
  return { steps: signaled, ...ends };
}
