import {
  MaestroError,
  type FieldViolation,
  type JobTemplate,
  type JobTemplateRequest,
  type PushRequest,
  type UsedStepType,
} from '@maestro/domain';
import { jobTemplateToJson, stringifyJson, validateJobTemplate } from '@maestro/dsl';
import type { DefinitionChecker } from '@maestro/evaluation';
import { resolveTemplate } from '@maestro/params';
import type { StepTypeStore } from '../ports/step-type-store.js';
import type { StoredTemplate, TemplateStore, TemplateView } from '../ports/template-store.js';
import type { Asking } from './asking.js';
import { checkTemplates } from './check-templates.js';
import { loadTemplates } from './load-templates.js';
import { pinWorkerTypes } from './worker-types.js';

export interface PutTemplateDeps {
  readonly templates: TemplateStore;
  readonly checker: DefinitionChecker;
  readonly stepTypes: StepTypeStore;
}

/**
 * putJobTemplate adds a template or replaces the one of its type and version; the same again changes nothing. Throws INVALID_DEFINITION with
 * every violation, PERMISSION_DENIED.
 */
export async function putJobTemplate(
  { templates, checker, stepTypes }: PutTemplateDeps,
  { author, tenant }: Omit<Asking, 'requestId'>,
  asked: JobTemplateRequest,
): Promise<JobTemplate> {
  const { steps } = asked.definition;
  const pinned = await pinWorkerTypes(stepTypes, tenant, steps ?? [], 'definition.steps');
  const request = steps === undefined ? asked : { ...asked, definition: { ...asked.definition, steps: pinned.steps } };
  refuse([
    ...validateJobTemplate(request),
    ...pinned.violations,
    ...(await expressionsOf(checker, request, pinned.used)),
  ]);
  const { jobType, version } = request.definition;
  let kept: JobTemplate | undefined;
  const now = await templates.change(async (view) => {
    const before = (await view.ofTypes([jobType])).find(({ template }) => template.definition.version === version);
    if (before !== undefined) requireTenant(before, tenant);
    refuse(await inheritanceOf(view, request));
    kept = before !== undefined && isSame(before, request) ? before.template : undefined;
    return kept === undefined ? [{ jobType, version, tenant, author, template: request }] : [];
  });
  return kept ?? { ...request, versionAuthor: { name: author }, createTime: now };
}

/** requireTenant throws PERMISSION_DENIED when the template belongs to another tenant: types are unique across tenants. */
export function requireTenant({ template, tenant }: StoredTemplate, asking: string): void {
  if (tenant === asking) return;
  const { jobType, version } = template.definition;
  throw new MaestroError(
    'PERMISSION_DENIED',
    `The job template "${jobType}" version "${version}" belongs to another tenant than "${asking}".`,
    { metadata: { job_type: jobType, version, tenant: asking } },
  );
}

function isSame(
  { template: { versionAuthor: _author, createTime: _time, ...before } }: StoredTemplate,
  after: JobTemplateRequest,
) {
  return stringifyJson(jobTemplateToJson(before)) === stringifyJson(jobTemplateToJson(after));
}

/** What inherits and what it contains is looked up with the new template in its place. */
async function inheritanceOf(
  view: TemplateView,
  { definition }: JobTemplateRequest,
): Promise<readonly FieldViolation[]> {
  const { find, resolved } = await loadTemplates(view, [definition.jobType], { over: definition });
  const whole = resolveTemplate(find, definition);
  if (whole.problem !== undefined) return [{ path: 'definition.inherit_from', message: whole.problem }];
  const isGraph = definition.stepType.toLowerCase() === 'template';
  if (!isGraph) return [];
  if (whole.steps.length === 0)
    return [{ path: 'definition.steps', message: 'is required when the step_type is template' }];
  return stepsOf(definition, resolved);
}

/** As if a workflow named it: that also finds templates that contain each other. */
function stepsOf(
  definition: JobTemplateRequest['definition'],
  resolved: Parameters<typeof checkTemplates>[1],
): readonly FieldViolation[] {
  const { jobType, version } = definition;
  const use = { kind: 'template', id: 'template', subType: jobType, subTypeVersion: version } as const;
  const { violations } = checkTemplates({ id: jobType, steps: [use] }, resolved, '');
  return violations.map(({ message }) => ({ path: 'definition.steps', message }));
}

/** Expressions of its steps, as far as any run would fail on them. */
async function expressionsOf(
  checker: DefinitionChecker,
  { definition: { jobType, params = {}, steps = [] } }: JobTemplateRequest,
  workerTypes: readonly UsedStepType[],
): Promise<readonly FieldViolation[]> {
  if (steps.length === 0) return [];
  const request: PushRequest = { workflow: { id: jobType, params, steps } };
  const found = await checker.check({ request, content: 'certain', workerTypes });
  return found.map((each) => ({ ...each, path: each.path.replace(/^workflow\b/, 'definition') }));
}

function refuse(violations: readonly FieldViolation[]): void {
  const [first] = violations;
  if (first === undefined) return;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const message = `The job template is not valid: ${first.path}: ${first.message}${more}`;
  throw new MaestroError('INVALID_DEFINITION', message, { violations });
}
