import type { FieldViolation, JobTemplateRequest, Json, JsonObject } from '@maestro/domain';
import { checkJobTemplate } from './checks/job-template.js';
import { jobTemplateRequest } from './model/job-template.js';
import { refusal } from './read.js';
import { Cursor } from './reading/cursor.js';
import { pathText, ROOT } from './reading/path.js';
import { Problems, type Problem } from './reading/problems.js';
import { stepTypesOf, type ReadOptions } from './step-types.js';

const violation = ({ path, message }: Problem): FieldViolation => ({ path: pathText(path), message });

/** jobTemplateToJson writes a template in the original's JSON. */
export const jobTemplateToJson = (template: JobTemplateRequest): JsonObject =>
  jobTemplateRequest.write(template) as JsonObject;

/**
 * readStoredJobTemplate reads a template that was accepted before: rules that became stricter since do not make it unreadable.
 * @throws MaestroError INVALID_DEFINITION when it is no template at all.
 */
export function readStoredJobTemplate(json: Json): JobTemplateRequest {
  const problems = new Problems();
  const template = jobTemplateRequest.read(new Cursor(json, ROOT, { problems, stepTypes: stepTypesOf({}) }));
  if (template !== undefined && problems.list.length === 0) return template;
  throw refusal('INVALID_DEFINITION', 'the stored job template', problems.list.map(violation));
}

/** validateJobTemplate names everything about a template that its types do not rule out; empty when it may be put. */
export function validateJobTemplate(template: JobTemplateRequest, options: ReadOptions = {}): FieldViolation[] {
  const problems = new Problems();
  checkJobTemplate(template, problems, stepTypesOf(options));
  return problems.list.map(violation);
}
