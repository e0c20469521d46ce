import { create } from '@bufbuild/protobuf';
import type { DefinitionMetadata, WorkflowDefinition } from '@maestro/domain';
import {
  type DefinitionMetadata as DefinitionMetadataMessage,
  DefinitionMetadataSchema,
  type WorkflowDefinition as WorkflowDefinitionMessage,
  WorkflowDefinitionSchema,
} from '@maestro/proto/maestro/types/v1/definition';
import { gitInfoFromProto, gitInfoToProto } from './git-info.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { optionally, present, whenFilled } from './present.js';
import { propertiesSnapshotFromProto, propertiesSnapshotToProto } from './properties.js';
import { resolvedTemplateFromProto, resolvedTemplateToProto } from './resolved-template.js';
import { usedStepTypeFromProto, usedStepTypeToProto } from './step-type.js';
import { instantFromProto, instantToProto } from './time.js';
import { userFromProto, userToProto } from './user.js';
import { workflowFromProto, workflowToProto } from './workflow.js';

export function definitionMetadataToProto(metadata: DefinitionMetadata): DefinitionMetadataMessage {
  return create(DefinitionMetadataSchema, {
    workflowId: metadata.workflowId,
    workflowVersionId: metadata.workflowVersionId,
    createTime: instantToProto(metadata.createTime),
    versionAuthor: userToProto(metadata.versionAuthor),
    gitInfo: optionally(metadata.gitInfo, gitInfoToProto),
    extraInfo: optionally(metadata.extraInfo, jsonObjectToProto),
  });
}

/** definitionMetadataFromProto: throws INVALID_REQUEST without an author. */
export function definitionMetadataFromProto(message: DefinitionMetadataMessage, path = ''): DefinitionMetadata {
  const at = fieldPath(path, 'version_author');
  return present({
    workflowId: message.workflowId,
    workflowVersionId: message.workflowVersionId,
    createTime: Number(message.createTime),
    versionAuthor: userFromProto(required(message.versionAuthor, at), at),
    gitInfo: optionally(message.gitInfo, gitInfoFromProto),
    extraInfo: optionally(message.extraInfo, jsonObjectFromProto),
  });
}

export function definitionToProto(definition: WorkflowDefinition): WorkflowDefinitionMessage {
  return create(WorkflowDefinitionSchema, {
    workflowKey: definition.workflowKey,
    tenant: definition.tenant,
    propertiesSnapshot: propertiesSnapshotToProto(definition.propertiesSnapshot),
    metadata: definitionMetadataToProto(definition.metadata),
    workflow: workflowToProto(definition.workflow),
    isActive: definition.isActive,
    activateTime: instantToProto(definition.activateTime),
    activatedBy: optionally(definition.activatedBy, userToProto),
    isLatest: definition.isLatest,
    isDefault: definition.isDefault,
    modifyTime: instantToProto(definition.modifyTime),
    internalId: definition.internalId,
    templates: (definition.templates ?? []).map(resolvedTemplateToProto),
    usedStepTypes: (definition.usedStepTypes ?? []).map(usedStepTypeToProto),
  });
}

/** definitionFromProto: throws INVALID_REQUEST when a part is missing. */
export function definitionFromProto(message: WorkflowDefinitionMessage): WorkflowDefinition {
  return present({
    workflowKey: message.workflowKey,
    tenant: message.tenant,
    propertiesSnapshot: propertiesSnapshotFromProto(
      required(message.propertiesSnapshot, 'properties_snapshot'),
      'properties_snapshot',
    ),
    metadata: definitionMetadataFromProto(required(message.metadata, 'metadata'), 'metadata'),
    workflow: workflowFromProto(required(message.workflow, 'workflow'), 'workflow'),
    isActive: message.isActive,
    activateTime: instantFromProto(message.activateTime),
    activatedBy: optionally(message.activatedBy, (user) => userFromProto(user, 'activated_by')),
    isLatest: message.isLatest,
    isDefault: message.isDefault,
    modifyTime: instantFromProto(message.modifyTime),
    internalId: message.internalId,
    templates: whenFilled(
      message.templates.map((each, index) => resolvedTemplateFromProto(each, fieldPath('templates', index))),
    ),
    usedStepTypes: whenFilled(
      message.usedStepTypes.map((each, index) => usedStepTypeFromProto(each, fieldPath('used_step_types', index))),
    ),
  });
}
