import {
  MAX_CONCURRENCY,
  MAX_NAME_LENGTH,
  type Properties,
  type PropertiesChange,
  type RunStrategy,
} from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkAlerting } from './alerting.js';
import { checkLength, checkRange, checkText } from './identifiers.js';

function checkRunStrategy(strategy: RunStrategy | undefined, path: Path, problems: Problems): void {
  if (strategy === undefined) return;
  const at = child(path, 'workflow_concurrency');
  checkRange(strategy.workflowConcurrency, [1, MAX_CONCURRENCY], at, problems);
  if (strategy.rule !== 'PARALLEL' && strategy.workflowConcurrency !== 1)
    problems.add(at, `is ${strategy.workflowConcurrency}; ${strategy.rule} runs one instance at a time`);
}

/** checkProperties: limits of a workflow's settings. Tags among them have endpoints of their own. */
export function checkProperties(properties: Properties, path: Path, problems: Problems): void {
  if (properties.owner?.name === '') problems.add(child(path, 'owner'), 'must not be empty');
  checkLength(properties.owner?.name, MAX_NAME_LENGTH, child(path, 'owner'), problems);
  checkRunStrategy(properties.runStrategy, child(path, 'run_strategy'), problems);
  checkRange(properties.stepConcurrency, [1, MAX_CONCURRENCY], child(path, 'step_concurrency'), problems);
  checkAlerting(properties.alerting, child(path, 'alerting'), problems);
  checkText(properties.description, child(path, 'description'), problems);
  if (properties.tags !== undefined)
    problems.add(child(path, 'tags'), 'cannot be set here; use the endpoints for tags');
}

const RESETS = [
  ['resetRunStrategyRule', 'reset_run_strategy_rule', 'runStrategy', 'run_strategy'],
  ['resetWorkflowConcurrency', 'reset_workflow_concurrency', 'runStrategy', 'run_strategy'],
  ['resetStepConcurrency', 'reset_step_concurrency', 'stepConcurrency', 'step_concurrency'],
] as const;

/** checkPropertiesChange: as for properties, and nothing is both set and reset. */
export function checkPropertiesChange(change: PropertiesChange, path: Path, problems: Problems): void {
  checkProperties(change, path, problems);
  for (const [flag, flagKey, field, key] of RESETS)
    if (change[flag] === true && change[field] !== undefined)
      problems.add(child(path, flagKey), `${key} is set and reset by the same change; keep one of them`);
}
