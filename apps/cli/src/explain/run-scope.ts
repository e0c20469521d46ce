import type { Params, Step, Workflow } from '@maestro/domain';
import type { ParamScope } from '@maestro/params';

/** Starter is who would start the run, and of what. */
export interface Starter {
  readonly workflow: Workflow;
  readonly owner: string;
  readonly user: string;
}

/** workflowScope is what params could see of a run that a person starts now; what only a run has is left out. */
export function workflowScope({ workflow, owner, user }: Starter): ParamScope {
  const ids = new Set(stepsOf(workflow.steps).map(({ step }) => step.id));
  const fields = new Map<string, string | null>([
    ['workflow_id', workflow.id],
    ['owner', owner],
    ['INITIATOR_TYPE', 'MANUAL'],
    ['INITIATOR_TIMEZONE', null],
    ['INITIATOR_RUNNER_NAME', user],
    ['RUN_POLICY', 'START_FRESH_NEW_RUN'],
    ['FIRST_TIME_TRIGGER_TIMEZONE', workflow.timeTriggers?.[0]?.timezone ?? null],
  ]);
  return { isStep: (id) => ids.has(id), instanceField: (field) => fields.get(field) };
}

/** stepScope is what the params of a step could see in that run. */
export function stepScope(starter: Starter, step: Step, workflowParams: Params): ParamScope {
  const fields = new Map([
    ['step_id', step.id],
    ['step_type_info', step.kind === 'step' ? step.type : step.kind.toUpperCase()],
  ]);
  const stepField = (field: string): string | undefined => fields.get(field);
  return { ...workflowScope(starter), workflowParams, stepId: step.id, stepField };
}

/** PlacedStep is a step and its path in the definition. */
export interface PlacedStep {
  readonly step: Step;
  readonly path: string;
}

/** stepsOf are steps with those inside of loops. */
export function stepsOf(steps: readonly Step[], path = 'workflow.steps'): readonly PlacedStep[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}].${step.kind}`;
    return [{ step, path: at }, ...('steps' in step ? stepsOf(step.steps, `${at}.steps`) : [])];
  });
}
