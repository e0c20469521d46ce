import { create } from '@bufbuild/protobuf';
import type { ResolvedTemplate } from '@maestro/domain';
import {
  type ResolvedTemplate as ResolvedTemplateMessage,
  ResolvedTemplateSchema,
} from '@maestro/proto/maestro/types/v1/template';
import { fieldPath } from './invalid.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import { present, whenText } from './present.js';
import { stepsFromProto, stepsToProto } from './step.js';
import { tagsFromProto, tagsToProto } from './tag.js';

export function resolvedTemplateToProto(template: ResolvedTemplate): ResolvedTemplateMessage {
  return create(ResolvedTemplateSchema, {
    jobType: template.jobType,
    version: template.version,
    stepType: template.stepType,
    tags: tagsToProto(template.tags),
    params: paramDefinitionsToProto(template.params),
    steps: stepsToProto(template.steps),
    problem: template.problem ?? '',
  });
}

/** resolvedTemplateFromProto: throws INVALID_REQUEST with the path below `path` for what breaks the contract. */
export function resolvedTemplateFromProto(message: ResolvedTemplateMessage, path = ''): ResolvedTemplate {
  const at = (field: string): string => fieldPath(path, field);
  return present({
    jobType: message.jobType,
    version: message.version,
    stepType: message.stepType,
    tags: tagsFromProto(message.tags, at('tags')) ?? [],
    params: message.params === undefined ? {} : paramDefinitionsFromProto(message.params, at('params')),
    steps: stepsFromProto(message.steps, at('steps')),
    problem: whenText(message.problem),
  });
}
