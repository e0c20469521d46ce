import type { Handler } from '@maestro/grpc';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { jobTemplateToProto, resolvedTemplateToProto } from '@maestro/wire';
import { getJobTemplate } from '../usecases/get-job-template.js';
import type { DefinitionDeps } from './definition-deps.js';

/** getJobTemplateRpc serves GetJobTemplate. */
export function getJobTemplateRpc({
  templates,
}: DefinitionDeps): Handler<typeof JobTemplateService.method.getJobTemplate> {
  return async ({ jobType, version }) => {
    const { template, resolved } = await getJobTemplate(templates, jobType, version);
    return { template: jobTemplateToProto(template), resolved: resolvedTemplateToProto(resolved) };
  };
}
