import type { JobTemplateRequest } from '@maestro/domain';
import { checkJobTemplate } from './checks/job-template.js';
import { jobTemplateRequest } from './model/job-template.js';
import { checkSize, located, source, type DefinitionFormat } from './parse.js';
import { refusal } from './read.js';
import { Cursor } from './reading/cursor.js';
import { ROOT } from './reading/path.js';
import { independentOf, Problems } from './reading/problems.js';
import { stepTypesOf, type ReadOptions } from './step-types.js';

/**
 * parseJobTemplate reads the text of a job template: JSON, or the same model as YAML.
 * @throws MaestroError INVALID_DEFINITION with every violation, its path, line and column; REQUEST_TOO_LARGE.
 */
export function parseJobTemplate(
  text: string,
  format: DefinitionFormat,
  options: ReadOptions = {},
): JobTemplateRequest {
  checkSize(text);
  const { raw, places } = source(text, format);
  const stepTypes = stepTypesOf(options);
  const [unreadable, checked] = [new Problems(), new Problems()];
  const request = jobTemplateRequest.read(new Cursor(raw, ROOT, { problems: unreadable, stepTypes }));
  if (request !== undefined) checkJobTemplate(request, checked, stepTypes);
  const problems = [...unreadable.list, ...independentOf(checked.list, unreadable.list)];
  if (request !== undefined && problems.length === 0) return request;
  throw refusal('INVALID_DEFINITION', 'the job template', located(problems, places()));
}
