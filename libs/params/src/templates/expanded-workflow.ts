import type { ParamDefinitions, ResolvedTemplate, Step, Workflow } from '@maestro/domain';

/** ExpandedWorkflow is a workflow in which steps of templates stand in the place of template steps. */
export interface ExpandedWorkflow {
  readonly workflow: Workflow;
  /** Of steps that templates brought, by id. */
  readonly origins: ReadonlyMap<string, StepOrigin>;
  /** Of template steps that are no more, by id: what ends last in their place. */
  readonly exits: ReadonlyMap<string, readonly string[]>;
  /** Of steps that cannot run, by id: why, as a sentence. They stay as they were. */
  readonly problems: ReadonlyMap<string, string>;
}

/** StepOrigin is where a step of a template comes from. */
export interface StepOrigin {
  /** Id of the template step in whose place it is; in front of its own id in the template. */
  readonly templateStep: string;
  /** The templates whose params lie under its own, outermost first; empty inside of loops, which hand them on themselves. */
  readonly templates: readonly ResolvedTemplate[];
}

/** TemplateSteps is what takes the place of one template step. */
export interface TemplateSteps {
  readonly steps: readonly Step[];
  /** Ids of the steps without predecessors, and of those without successors. */
  readonly entries: readonly string[];
  readonly exits: readonly string[];
}

/** Given is what a template step hands on to the steps in its place. */
export interface Given {
  readonly params: ParamDefinitions;
  readonly templates: readonly ResolvedTemplate[];
}
