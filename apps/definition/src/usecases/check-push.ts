import { MAX_DEFINITION_BYTES, MaestroError, type FieldViolation, type PushRequest } from '@maestro/domain';
import { definitionToJson, stringifyJson, type ContentChecks } from '@maestro/dsl';
import type { DefinitionChecker } from '@maestro/evaluation';
import type { StepTypeStore } from '../ports/step-type-store.js';
import type { TemplateReads } from '../ports/template-store.js';
import { templatesNamed } from '../ports/templates-named.js';
import { checkTemplates } from './check-templates.js';
import { withoutMissingTypes } from './job-types.js';
import { loadTemplates } from './load-templates.js';
import { checkSteps, checkWorkflowParams } from './check-steps.js';
import { pinWorkerTypes } from './worker-types.js';

/** CheckDeps is what checking a push needs. */
export interface CheckDeps {
  readonly checker: DefinitionChecker;
  readonly templates: TemplateReads;
  readonly stepTypes: StepTypeStore;
}

/** CheckAsk is for whom a definition is checked, and how much counts. */
export interface CheckAsk {
  readonly tenant: string;
  /** Default `certain`. */
  readonly content?: ContentChecks;
}

/** CheckedPush is a request that may be pushed, with the versions of workers' types written out, and the text that stands for what was asked. */
export interface CheckedPush {
  readonly request: PushRequest;
  readonly text: string;
}

/**
 * checkPush holds a typed request to the rules of its text form; `content` says which mistakes in expressions count. Throws INVALID_DEFINITION with every violation, or
 * REQUEST_TOO_LARGE.
 */
export async function checkPush(
  { checker, templates, stepTypes }: CheckDeps,
  asked: PushRequest,
  { tenant, content = 'certain' }: CheckAsk,
): Promise<CheckedPush> {
  const text = stringifyJson(definitionToJson(asked));
  const size = Buffer.byteLength(text);
  if (size > MAX_DEFINITION_BYTES) {
    throw new MaestroError(
      'REQUEST_TOO_LARGE',
      `The definition has ${size} bytes as JSON; at most ${MAX_DEFINITION_BYTES} are allowed. Split it into subworkflows.`,
      { metadata: { limit: String(MAX_DEFINITION_BYTES), size: String(size) } },
    );
  }
  const steps = await withoutMissingTypes(templates, asked.workflow.steps);
  const pinned = await pinWorkerTypes(stepTypes, tenant, steps, 'workflow.steps');
  const request = { ...asked, workflow: { ...asked.workflow, steps: pinned.steps } };
  const found = await checker.check({ request, content, workerTypes: pinned.used });
  const violations = found.length > 0 ? found : mergeViolations(request);
  const all = [...violations, ...pinned.violations, ...(await templateViolations(templates, request))];
  if (all.length > 0) throw invalidDefinition(all);
  return { request, text };
}

function mergeViolations({ workflow }: PushRequest): readonly FieldViolation[] {
  return [...checkWorkflowParams(workflow, 'workflow'), ...checkSteps(workflow.steps, 'workflow.steps')];
}

/** Workflows that name no templates cost no look-up. */
async function templateViolations(
  templates: TemplateReads,
  { workflow }: PushRequest,
): Promise<readonly FieldViolation[]> {
  const named = templatesNamed(workflow.steps);
  if (named.length === 0) return [];
  const { resolved } = await loadTemplates(templates, named);
  return checkTemplates(workflow, resolved, 'workflow').violations;
}

/** invalidDefinition is the error that names every violation. */
export function invalidDefinition(violations: readonly FieldViolation[]): MaestroError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const message = `The definition is not valid: ${first?.path ?? ''}: ${first?.message ?? ''}${more}`;
  return new MaestroError('INVALID_DEFINITION', message, { violations });
}
