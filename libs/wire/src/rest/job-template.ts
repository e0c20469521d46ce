import type { JsonObject } from '@maestro/domain';
import { jobTemplateToJson, userToJson } from '@maestro/dsl';
import type { JobTemplate } from '@maestro/proto/maestro/definition/v1/template_service';
import { jobTemplateFromProto } from '../job-template.js';
import { jsonFields } from './fields.js';

/** jobTemplateToRestJson: a template as GET answers it, the shape of §1.11 of Maestro's model. */
export function jobTemplateToRestJson(message: JobTemplate): JsonObject {
  const { versionAuthor, createTime, ...request } = jobTemplateFromProto(message);
  const { definition, ...metadata } = jobTemplateToJson(request);
  return {
    metadata: jsonFields({ ...metadata, version_author: userToJson(versionAuthor), create_time: BigInt(createTime) }),
    ...jsonFields({ definition }),
  };
}
