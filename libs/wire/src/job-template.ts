import { create } from '@bufbuild/protobuf';
import type { JobTemplate, JobTemplateDefinition, JobTemplateRequest } from '@maestro/domain';
import {
  type JobTemplate as JobTemplateMessage,
  JobTemplateSchema,
} from '@maestro/proto/maestro/definition/v1/template_service';
import {
  type JobTemplateDefinition as DefinitionMessage,
  JobTemplateDefinitionSchema,
} from '@maestro/proto/maestro/types/v1/template';
import { gitInfoFromProto, gitInfoToProto } from './git-info.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import { optionally, present, whenAny, whenFilled, whenText } from './present.js';
import { stepsFromProto, stepsToProto } from './step.js';
import { tagsFromProto, tagsToProto } from './tag.js';
import { instantFromProto, instantToProto } from './time.js';
import { userFromProto, userToProto } from './user.js';

function definitionToProto(definition: JobTemplateDefinition): DefinitionMessage {
  return create(JobTemplateDefinitionSchema, {
    jobType: definition.jobType,
    stepType: definition.stepType,
    version: definition.version,
    description: definition.description ?? '',
    tags: tagsToProto(definition.tags),
    inheritFrom: Object.entries(definition.inheritFrom ?? {}).map(([jobType, version]) => ({ jobType, version })),
    params: optionally(definition.params, paramDefinitionsToProto),
    steps: stepsToProto(definition.steps ?? []),
  });
}

function definitionFromProto(message: DefinitionMessage, path: string): JobTemplateDefinition {
  const at = (field: string): string => fieldPath(path, field);
  return present({
    jobType: message.jobType,
    stepType: message.stepType,
    version: message.version,
    description: whenText(message.description),
    tags: tagsFromProto(message.tags, at('tags')),
    inheritFrom: whenAny(
      Object.fromEntries(message.inheritFrom.map(({ jobType, version }) => [jobType, version] as const)),
    ),
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, at('params'))),
    steps: whenFilled([...stepsFromProto(message.steps, at('steps'))]),
  });
}

/** jobTemplateToProto: a template as it is put, or as it is kept. */
export function jobTemplateToProto(template: JobTemplateRequest | JobTemplate): JobTemplateMessage {
  const { definition, ...metadata } = template;
  return create(JobTemplateSchema, {
    metadata: {
      owner: userToProto(metadata.owner),
      versionAuthor: 'versionAuthor' in metadata ? userToProto(metadata.versionAuthor) : undefined,
      status: metadata.status,
      support: metadata.support,
      testWorkflows: [...(metadata.testWorkflows ?? [])],
      gitInfo: optionally(metadata.gitInfo, gitInfoToProto),
      createTime: 'createTime' in metadata ? instantToProto(metadata.createTime) : 0n,
      extraInfo: optionally(metadata.extraInfo, jsonObjectToProto),
    },
    definition: definitionToProto(definition),
  });
}

/** jobTemplateRequestFromProto: throws INVALID_REQUEST when a part is missing. */
export function jobTemplateRequestFromProto(message: JobTemplateMessage, path = ''): JobTemplateRequest {
  const metadata = required(message.metadata, fieldPath(path, 'metadata'));
  const definition = required(message.definition, fieldPath(path, 'definition'));
  const owner = required(metadata.owner, fieldPath(path, 'metadata.owner'));
  return present({
    owner: userFromProto(owner, fieldPath(path, 'metadata.owner')),
    status: metadata.status,
    support: metadata.support,
    testWorkflows: whenFilled(metadata.testWorkflows),
    gitInfo: optionally(metadata.gitInfo, gitInfoFromProto),
    extraInfo: optionally(metadata.extraInfo, jsonObjectFromProto),
    definition: definitionFromProto(definition, fieldPath(path, 'definition')),
  });
}

/** jobTemplateFromProto: as `jobTemplateRequestFromProto`, with who put it and when. */
export function jobTemplateFromProto(message: JobTemplateMessage): JobTemplate {
  const author = required(message.metadata?.versionAuthor, 'metadata.version_author');
  return {
    ...jobTemplateRequestFromProto(message),
    versionAuthor: userFromProto(author, 'metadata.version_author'),
    createTime: instantFromProto(message.metadata?.createTime ?? 0n) ?? 0,
  };
}
