import type { FieldViolation, ParamDefinitions, Params, PushRequest, Workflow } from '@maestro/domain';
import type { Evaluator } from '@maestro/evaluation';
import { evaluateParsableLong, type ParamViolation } from '@maestro/params';
import type { Clock } from '../ports/clock.js';
import { invalidDefinition } from './check-push.js';
import { validationField, VALIDATION_PARAMS } from './validation-params.js';

/** DryRunDeps is what a dry run needs. */
export interface DryRunDeps {
  readonly evaluator: Evaluator;
  readonly clock: Clock;
}

/**
 * dryRun evaluates the workflow params and the timeout as a start would (spec §7.3). What only a start can know (params
 * without a value, and what refers to them) is left out. Throws INVALID_DEFINITION with every violation, and OVERLOADED.
 */
export async function dryRun({ evaluator, clock }: DryRunDeps, { workflow }: PushRequest): Promise<void> {
  const missing = valueless(workflow);
  const definitions = { ...VALIDATION_PARAMS, ...filled(workflow.params ?? {}) };
  const scope = { instanceField: validationField };
  const at = Math.trunc(clock.now());
  const outcome = await evaluator.params({ definitions, scope, at, seed: BigInt(at), owner: workflow.id });
  const violations =
    outcome.kind === 'error'
      ? outcome.violations.filter((each) => isCertain(each, missing)).map(inParams)
      : timeoutViolations(workflow, outcome.params);
  if (violations.length > 0) throw invalidDefinition(violations);
}

function filled(params: ParamDefinitions): ParamDefinitions {
  const kept = Object.entries(params).filter(
    ([, { value, expression }]) => value !== undefined || expression !== undefined,
  );
  return Object.fromEntries(kept);
}

function valueless({ params = {} }: Workflow): readonly string[] {
  return Object.keys(params).filter(
    (name) => params[name]?.value === undefined && params[name]?.expression === undefined,
  );
}

/** What the expression language cannot do yet is no fault of the definition, nor is what a start brings. */
function isCertain({ kind, unknownName }: ParamViolation, missing: readonly string[]): boolean {
  return kind !== 'unsupported' && (unknownName === undefined || !missing.includes(unknownName));
}

/** The position within an expression goes into the message: the violation's own is that in the text that was sent. */
function inParams({ path, message, line, column }: ParamViolation): FieldViolation {
  const where = line === undefined ? '' : ` (line ${line}, column ${column ?? 1} of the expression)`;
  return { path: `workflow.params.${path}`, message: `${message}${where}` };
}

function timeoutViolations({ timeout }: Workflow, workflowParams: Params): readonly FieldViolation[] {
  if (timeout === undefined) return [];
  const outcome = evaluateParsableLong(timeout, { workflowParams }, 'durationMs', 'workflow.timeout');
  return outcome.kind === 'error' ? outcome.violations.map(({ path, message }) => ({ path, message })) : [];
}
