import {
  DEFAULT_TEMPLATE_VERSION,
  MaestroError,
  suggestion,
  type JobTemplate,
  type ResolvedTemplate,
} from '@maestro/domain';
import { resolveTemplate } from '@maestro/params';
import type { TemplateReads } from '../ports/template-store.js';
import { loadTemplates } from './load-templates.js';

/** getJobTemplate reads a version of a template, and what it inherits. Throws JOB_TEMPLATE_NOT_FOUND. */
export async function getJobTemplate(
  templates: TemplateReads,
  jobType: string,
  asked: string,
): Promise<{ readonly template: JobTemplate; readonly resolved: ResolvedTemplate }> {
  const version = asked === '' ? DEFAULT_TEMPLATE_VERSION : asked;
  const versions = await templates.ofTypes([jobType]);
  const found = versions.find(({ template }) => template.definition.version === version);
  if (found === undefined) throw await templateNotFound(templates, jobType, version);
  const { find } = await loadTemplates(templates, [jobType]);
  return { template: found.template, resolved: resolveTemplate(find, found.template.definition) };
}

/** templateNotFound names the versions that there are, or a type that looks like it. */
export async function templateNotFound(
  templates: TemplateReads,
  jobType: string,
  version: string | undefined,
): Promise<MaestroError> {
  const all = (await templates.list()).map(({ template }) => template.definition);
  const versions = all.filter((each) => each.jobType === jobType).map((each) => each.version);
  const what = version === undefined ? `"${jobType}"` : `"${jobType}" version "${version}"`;
  const hint =
    versions.length > 0
      ? `; it has the versions ${versions.join(', ')}`
      : suggestion(jobType, [...new Set(all.map((each) => each.jobType))]);
  const metadata = { job_type: jobType, ...(version === undefined ? {} : { version }) };
  return new MaestroError('JOB_TEMPLATE_NOT_FOUND', `There is no job template ${what}${hint}.`, { metadata });
}
