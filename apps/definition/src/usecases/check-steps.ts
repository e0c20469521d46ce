import type { FieldViolation, Step, Workflow } from '@maestro/domain';
import { stepType } from '@maestro/steps';
import { stepParams, workflowParams } from './static-params.js';
import { violationsOf } from './violations-of.js';

/**
 * checkSteps asks each leaf step's type what is wrong with it, and merges the params of every step with the defaults of
 * its type as a start would. Loop bodies are checked like any other step.
 */
export function checkSteps(steps: readonly Step[], path: string): readonly FieldViolation[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}].${step.kind}`;
    const body = 'steps' in step ? checkSteps(step.steps, `${at}.steps`) : [];
    return [...stepViolations(step).map((each) => ({ ...each, path: `${at}.${each.path}` })), ...body];
  });
}

function stepViolations(step: Step): readonly FieldViolation[] {
  const byType = step.kind === 'step' ? (stepType(step.type)?.validate(step) ?? []) : [];
  if (byType.length > 0) return byType;
  return violationsOf(() => stepParams(step));
}

/** checkWorkflowParams merges the params of a workflow with the defaults that they override as a start would. */
export function checkWorkflowParams(workflow: Workflow, path: string): readonly FieldViolation[] {
  return violationsOf(() => workflowParams(workflow)).map((each) => ({ ...each, path: `${path}.${each.path}` }));
}
