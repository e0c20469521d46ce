import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { jobTemplateRequestFromProto, jobTemplateToProto } from '@maestro/wire';
import { putJobTemplate } from '../usecases/put-job-template.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** putJobTemplateRpc serves PutJobTemplate. */
export function putJobTemplateRpc(deps: DefinitionDeps): Handler<typeof JobTemplateService.method.putJobTemplate> {
  return async ({ template }, context) => {
    if (template === undefined) {
      const violations = [{ path: 'template', message: 'is required' }];
      throw new MaestroError('INVALID_REQUEST', 'Say which job template to put.', { violations });
    }
    const asking = askingOf(context, '');
    const put = await putJobTemplate(deps, asking, jobTemplateRequestFromProto(template, 'template'));
    const { jobType, version } = put.definition;
    deps.logger.info({ jobType, version, author: asking.author }, 'put a job template');
    return { template: jobTemplateToProto(put) };
  };
}
