import type { Handlers } from '@maestro/grpc';
import type { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import type { DefinitionDeps } from './definition-deps.js';
import { deleteJobTemplateRpc } from './delete-job-template.js';
import { getJobTemplateRpc } from './get-job-template.js';
import { listJobTemplatesRpc } from './list-job-templates.js';
import { putJobTemplateRpc } from './put-job-template.js';

/** templateHandlers has one handler an RPC. */
export function templateHandlers(deps: DefinitionDeps): Handlers<typeof JobTemplateService> {
  return {
    putJobTemplate: putJobTemplateRpc(deps),
    getJobTemplate: getJobTemplateRpc(deps),
    listJobTemplates: listJobTemplatesRpc(deps),
    deleteJobTemplate: deleteJobTemplateRpc(deps),
  };
}
