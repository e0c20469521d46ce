import type { GitInfo, JsonObject } from '@maestro/domain';
import {
  definitionToJson,
  paramDefinitionsToJson,
  propertiesToJson,
  runStrategyToJson,
  tagToJson,
  userToJson,
  workflowToJson,
} from '@maestro/dsl';
import type {
  EnrichedExtras,
  GetWorkflowResponse,
  WorkflowSummary,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import type {
  DefinitionMetadata,
  PropertiesSnapshot,
  WorkflowDefinition,
} from '@maestro/proto/maestro/types/v1/definition';
import { definitionMetadataFromProto } from '../definition.js';
import { required } from '../invalid.js';
import { paramDefinitionsFromProto } from '../param-definition.js';
import { mapValues, optionally } from '../present.js';
import { propertiesSnapshotFromProto } from '../properties.js';
import { runStrategyFromProto } from '../run-strategy.js';
import { tagFromProto } from '../tag.js';
import { userFromProto } from '../user.js';
import { workflowFromProto } from '../workflow.js';
import { instantJson, jsonFields, listJson, textJson } from './fields.js';

/** propertiesSnapshotToJson: the properties flat, with workflow_id, create_time and author (§1.4 of Maestro's model). */
export function propertiesSnapshotToJson(message: PropertiesSnapshot): JsonObject {
  const { workflowId, createTime, author, ...properties } = propertiesSnapshotFromProto(message);
  return jsonFields({
    workflow_id: workflowId,
    create_time: BigInt(createTime),
    author: userToJson(author),
    ...propertiesToJson(properties),
  });
}

/** The only writer of git info is that of a push request. */
function gitInfoToJson(gitInfo: GitInfo): JsonObject {
  return definitionToJson({ workflow: { id: '', steps: [] }, gitInfo })['git_info'] as JsonObject;
}

function metadataToJson(message: DefinitionMetadata): JsonObject {
  const metadata = definitionMetadataFromProto(message);
  return jsonFields({
    ...metadata.extraInfo,
    workflow_id: metadata.workflowId,
    workflow_version_id: metadata.workflowVersionId,
    create_time: BigInt(metadata.createTime),
    version_author: userToJson(metadata.versionAuthor),
    git_info: optionally(metadata.gitInfo, gitInfoToJson),
  });
}

/** definitionToRestJson: one version of a workflow, the shape of §1.3 of Maestro's model. */
export function definitionToRestJson(message: WorkflowDefinition): JsonObject {
  return jsonFields({
    properties_snapshot: optionally(message.propertiesSnapshot, propertiesSnapshotToJson),
    metadata: metadataToJson(required(message.metadata, 'metadata')),
    workflow: workflowToJson(workflowFromProto(required(message.workflow, 'workflow'), 'workflow')),
    is_active: message.isActive,
    activate_time: instantJson(message.activateTime),
    activated_by: optionally(message.activatedBy, (user) => userToJson(userFromProto(user))),
    is_latest: message.isLatest,
    is_default: message.isDefault,
    modify_time: instantJson(message.modifyTime),
    internal_id: message.internalId,
  });
}

function extrasToJson(extras: EnrichedExtras): JsonObject {
  const [next] = extras.nextExecutionTimes;
  return jsonFields({
    workflow_params: optionally(extras.workflowParams, (params) =>
      paramDefinitionsToJson(paramDefinitionsFromProto(params)),
    ),
    step_params: mapValues(extras.stepParams, (params) => paramDefinitionsToJson(paramDefinitionsFromProto(params))),
    next_execution_time: next,
    next_execution_times: listJson(extras.nextExecutionTimes, (time) => time),
  });
}

/** versionToJson: one version, with `enriched_extras` when they were asked for. */
export function versionToJson(message: GetWorkflowResponse): JsonObject {
  return jsonFields({
    ...definitionToRestJson(required(message.definition, 'definition')),
    enriched_extras: optionally(message.enrichedExtras, extrasToJson),
  });
}

/** workflowSummaryToJson: one line of the list of workflows (not in the original's API). */
export function workflowSummaryToJson(message: WorkflowSummary): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    name: textJson(message.name),
    tenant: textJson(message.tenant),
    owner: optionally(message.owner, (owner) => userToJson(userFromProto(owner))),
    run_strategy: optionally(message.runStrategy, (strategy) => runStrategyToJson(runStrategyFromProto(strategy))),
    active_version_id: instantJson(message.activeVersionId),
    latest_version_id: message.latestVersionId,
    modify_time: instantJson(message.modifyTime),
    tags: listJson(message.tags, (tag) => tagToJson(tagFromProto(tag))),
  });
}
