import type { Handler } from '@maestro/grpc';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { jobTemplateToProto } from '@maestro/wire';
import type { DefinitionDeps } from './definition-deps.js';

/** listJobTemplatesRpc serves ListJobTemplates. */
export function listJobTemplatesRpc({
  templates,
}: DefinitionDeps): Handler<typeof JobTemplateService.method.listJobTemplates> {
  return async ({ version }) => {
    const found = await templates.list(version === '' ? undefined : version);
    return { templates: found.map(({ template }) => jobTemplateToProto(template)) };
  };
}
