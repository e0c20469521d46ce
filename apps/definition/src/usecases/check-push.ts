import { MAX_DEFINITION_BYTES, MaestroError, type FieldViolation, type PushRequest } from '@maestro/domain';
import { definitionToJson, stringifyJson, type ContentChecks } from '@maestro/dsl';
import type { DefinitionChecker } from '@maestro/evaluation';
import { checkSteps, checkWorkflowParams } from './check-steps.js';

/** CheckDeps is what checking a push needs. */
export interface CheckDeps {
  readonly checker: DefinitionChecker;
}

/** CheckedPush is a request that may be pushed, and the text that stands for it. */
export interface CheckedPush {
  readonly request: PushRequest;
  readonly text: string;
}

/**
 * checkPush holds a typed request to the rules of its text form; `content` says which mistakes in expressions count. Throws INVALID_DEFINITION with every violation, or
 * REQUEST_TOO_LARGE.
 */
export async function checkPush(
  { checker }: CheckDeps,
  request: PushRequest,
  content: ContentChecks = 'certain',
): Promise<CheckedPush> {
  const text = stringifyJson(definitionToJson(request));
  const size = Buffer.byteLength(text);
  if (size > MAX_DEFINITION_BYTES) {
    throw new MaestroError(
      'REQUEST_TOO_LARGE',
      `The definition has ${size} bytes as JSON; at most ${MAX_DEFINITION_BYTES} are allowed. Split it into subworkflows.`,
      { metadata: { limit: String(MAX_DEFINITION_BYTES), size: String(size) } },
    );
  }
  const found = await checker.check({ request, content });
  const violations = found.length > 0 ? found : mergeViolations(request);
  if (violations.length > 0) throw invalidDefinition(violations);
  return { request, text };
}

function mergeViolations({ workflow }: PushRequest): readonly FieldViolation[] {
  return [...checkWorkflowParams(workflow, 'workflow'), ...checkSteps(workflow.steps, 'workflow.steps')];
}

/** invalidDefinition is the error that names every violation. */
export function invalidDefinition(violations: readonly FieldViolation[]): MaestroError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const message = `The definition is not valid: ${first?.path ?? ''}: ${first?.message ?? ''}${more}`;
  return new MaestroError('INVALID_DEFINITION', message, { violations });
}
