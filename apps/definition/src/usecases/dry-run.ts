import type { FieldViolation, PushRequest } from '@maestro/domain';
import type { DefinitionChecker } from '@maestro/evaluation';
import type { DefinitionProblem } from '@maestro/params';
import type { StepTypeStore } from '../ports/step-type-store.js';
import type { TemplateReads } from '../ports/template-store.js';
import type { Clock } from '../ports/clock.js';
import { invalidDefinition } from './check-push.js';

/** DryRunDeps is what a dry run needs. */
export interface DryRunDeps {
  readonly checker: DefinitionChecker;
  readonly clock: Clock;
  readonly templates: TemplateReads;
  readonly stepTypes: StepTypeStore;
}

/**
 * dryRun evaluates with full limits what a definition fixes before any run: the workflow params and the timeout as a start
 * would (spec §7.3), and expressions of steps that refer to nothing. Throws INVALID_DEFINITION with every violation, and
 * OVERLOADED.
 */
export async function dryRun(
  { checker, clock }: Pick<DryRunDeps, 'checker' | 'clock'>,
  { workflow }: PushRequest,
): Promise<void> {
  const problems = await checker.dryRun({ workflow, at: Math.trunc(clock.now()) });
  if (problems.length > 0) throw invalidDefinition(problems.map(violationOf));
}

/** The position within an expression is not that in the text that was sent: only who has the text knows the latter. */
function violationOf({ path, message, line, column, excerpt }: DefinitionProblem): FieldViolation {
  return {
    path,
    message,
    ...(line === undefined ? {} : { within: { line, column: column ?? 1 } }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}
