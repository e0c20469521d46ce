import type { Handler } from '@maestro/grpc';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { timelineEventToProto } from '@maestro/wire';
import { deleteJobTemplate } from '../usecases/delete-job-template.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** deleteJobTemplateRpc serves DeleteJobTemplate. */
export function deleteJobTemplateRpc(
  deps: DefinitionDeps,
): Handler<typeof JobTemplateService.method.deleteJobTemplate> {
  return async ({ jobType, version }, context) => {
    const asking = askingOf(context, '');
    const event = await deleteJobTemplate(deps.templates, asking, jobType, version === '' ? undefined : version);
    deps.logger.info({ jobType, version, author: asking.author }, 'deleted a job template');
    return { timelineEvent: timelineEventToProto(event) };
  };
}
