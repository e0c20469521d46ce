import {
  DEFAULT_TEMPLATE_VERSION,
  suggestion,
  TEMPLATE_VERSION_PARAM,
  type LeafStep,
  type ParamDefinitions,
  type ResolvedTemplate,
  type TemplateStep,
} from '@maestro/domain';
import { templateName } from './resolve-template.js';

/** TemplateUse is a step that names a job template. */
export type TemplateUse = Pick<LeafStep | TemplateStep, 'kind' | 'subType' | 'subTypeVersion'>;

/** FoundTemplate is a template that can be used, or why there is none. */
export type FoundTemplate =
  | { readonly template: ResolvedTemplate; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: string };

/** TemplateBook is what is known of job templates at one moment. */
export class TemplateBook {
  private readonly byType = new Map<string, Map<string, ResolvedTemplate>>();

  constructor(templates: readonly ResolvedTemplate[]) {
    for (const template of templates) {
      const versions = this.byType.get(template.jobType) ?? new Map<string, ResolvedTemplate>();
      this.byType.set(template.jobType, versions.set(template.version, template));
    }
  }

  /** find answers the template of a type and version that can be used. */
  find(jobType: string, version: string): FoundTemplate {
    const versions = this.byType.get(jobType);
    const template = versions?.get(version);
    if (template === undefined) return { problem: this.missing(jobType, version, versions) };
    const { problem } = template;
    return problem === undefined ? { template } : { problem: `the job template ${templateName(template)} ${problem}` };
  }

  private missing(jobType: string, version: string, versions: ReadonlyMap<string, unknown> | undefined): string {
    const missing = `there is no job template ${templateName({ jobType, version })}`;
    if (versions !== undefined) return `${missing}; it has the versions ${[...versions.keys()].join(', ')}`;
    return `${missing}${suggestion(jobType, [...this.byType.keys()])}`;
  }
}

/**
 * templateVersion is the version of the template that a step means (spec §1.11): its own `sub_type_version`, else what the workflow param
 * `job_template_version` says, else `default`.
 */
export function templateVersion({ subTypeVersion }: TemplateUse, ofWorkflow: string | undefined): string {
  return subTypeVersion ?? ofWorkflow ?? DEFAULT_TEMPLATE_VERSION;
}

/** definedTemplateVersion is what the params of a definition say without a run: only a literal without references can. */
export function definedTemplateVersion(params: ParamDefinitions = {}): string | undefined {
  const param = Object.hasOwn(params, TEMPLATE_VERSION_PARAM) ? params[TEMPLATE_VERSION_PARAM] : undefined;
  if (param?.type !== 'STRING' || param.value === undefined || param.value.includes('$')) return undefined;
  return param.value;
}

/** stepTypeProblem says that a template is for another type of steps (spec §1.11: they must be equal). */
export function stepTypeProblem(template: ResolvedTemplate, type: string): string | undefined {
  if (template.stepType.toLowerCase() === type.toLowerCase()) return undefined;
  return `the job template ${templateName(template)} is for steps of type ${template.stepType}, not ${type}`;
}
