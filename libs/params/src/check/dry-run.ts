import type { ParamDefinition, ParamDefinitions, Workflow } from '@maestro/domain';
import { DEFAULT_PARAMS } from '../defaults/default-params.js';
import { evaluateParsableLong } from '../evaluate-parsable-long.js';
import type { Failed, ParamViolation } from '../failure.js';
import type { ParamsOutcome } from '../evaluate-params.js';
import { own } from '../record.js';
import type { ParamScope } from '../scope.js';
import { constantExpressions } from './constant-expressions.js';
import { below, type DefinitionProblem } from './problem.js';
import { SIGNAL_VALUE, VALIDATION_PARAMS, validationField } from './validation-params.js';

/** DryRun is what of a definition can be evaluated without a run. */
export interface DryRun {
  readonly definitions: ParamDefinitions;
  readonly scope: ParamScope;
}

/** DryRunOutcome is its end: larger limits are for the caller to give. */
export type DryRunOutcome = Extract<ParamsOutcome, { kind: 'values' }> | Failed;

/** workflowDryRun evaluates the workflow params as a start would (spec part 1 §7.3); what only a start can bring is left out. */
export function workflowDryRun({ params = {}, signalTriggers = [] }: Workflow): DryRun {
  const stands = Object.entries(DEFAULT_PARAMS.dryRun).filter(([name, { type }]) => own(params, name)?.type === type);
  const triggers = new Set(signalTriggers.flatMap((trigger) => Object.keys(trigger.params ?? {})));
  const functions = {
    triggerParam: (name: string) => (triggers.has(name) ? SIGNAL_VALUE : undefined),
    signalParam: () => SIGNAL_VALUE,
    nextUniqueId: () => 1n,
    executionEnvironment: () => 'validation',
  };
  return {
    definitions: { ...VALIDATION_PARAMS, ...filled(params), ...Object.fromEntries(stands) },
    scope: { instanceField: validationField, functions },
  };
}

/** constantsDryRun evaluates the expressions of steps that are the same in every run. */
export function constantsDryRun(workflow: Workflow): DryRun {
  return { definitions: constantExpressions(workflow), scope: {} };
}

/** workflowProblems words the end of a workflowDryRun, and holds the timeout against the values. */
export function workflowProblems(workflow: Workflow, outcome: DryRunOutcome): readonly DefinitionProblem[] {
  const { params = {}, timeout } = workflow;
  if (outcome.kind === 'error') {
    return outcome.violations
      .filter((violation) => isCertain(violation, params))
      .map((violation) => ({ ...violation, path: `workflow.params.${violation.path}`, certain: true }));
  }
  if (timeout === undefined) return [];
  const path = below('workflow', 'timeout');
  const duration = evaluateParsableLong(timeout, { workflowParams: outcome.params }, 'durationMs', path);
  return duration.kind === 'error' ? duration.violations.map((violation) => ({ ...violation, certain: true })) : [];
}

/** constantProblems words the end of a constantsDryRun: no run can get by. */
export function constantProblems(outcome: DryRunOutcome): readonly DefinitionProblem[] {
  return outcome.kind === 'error' ? outcome.violations.map((violation) => ({ ...violation, certain: true })) : [];
}

function filled(params: ParamDefinitions): ParamDefinitions {
  return Object.fromEntries(Object.entries(params).filter(([, definition]) => !isEmpty(definition)));
}

function isEmpty({ value, expression }: ParamDefinition): boolean {
  return value === undefined && expression === undefined;
}

/** What a signal or a start brings, and what cannot be answered without a run, is no fault of the definition. */
function isCertain({ path, kind, unknownName }: ParamViolation, params: ParamDefinitions): boolean {
  const missing = unknownName === undefined ? undefined : own(params, unknownName);
  const [name = ''] = path.split('.');
  const reads = own(params, name)?.expression ?? '';
  return kind !== 'unsupported' && (missing === undefined || !isEmpty(missing)) && !/getFromSignal|__/.test(reads);
}
