import { create } from '@bufbuild/protobuf';
import type { Properties, PropertiesSnapshot } from '@maestro/domain';
import {
  type Properties as PropertiesMessage,
  PropertiesSchema,
  type PropertiesSnapshot as PropertiesSnapshotMessage,
  PropertiesSnapshotSchema,
} from '@maestro/proto/maestro/types/v1/definition';
import { alertingFromProto, alertingToProto } from './alerting.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { optionally, present } from './present.js';
import { runStrategyFromProto, runStrategyToProto } from './run-strategy.js';
import { tagsFromProto, tagsToProto } from './tag.js';
import { instantToProto } from './time.js';
import { userFromProto, userToProto } from './user.js';

export function propertiesToProto(properties: Properties): PropertiesMessage {
  return create(PropertiesSchema, {
    owner: optionally(properties.owner, userToProto),
    accessControl: optionally(properties.accessControl, jsonObjectToProto),
    runStrategy: optionally(properties.runStrategy, runStrategyToProto),
    stepConcurrency: properties.stepConcurrency,
    alerting: optionally(properties.alerting, alertingToProto),
    alertingDisabled: properties.alertingDisabled,
    signalTriggerDisabled: properties.signalTriggerDisabled,
    timeTriggerDisabled: properties.timeTriggerDisabled,
    description: properties.description,
    tags: tagsToProto(properties.tags),
  });
}

/** propertiesFromProto: throws INVALID_REQUEST with the path below `path` for what breaks the contract. */
export function propertiesFromProto(message: PropertiesMessage, path = ''): Properties {
  const at = (field: string): string => fieldPath(path, field);
  return present({
    owner: optionally(message.owner, (owner) => userFromProto(owner, at('owner'))),
    accessControl: optionally(message.accessControl, jsonObjectFromProto),
    runStrategy: optionally(message.runStrategy, (strategy) => runStrategyFromProto(strategy, at('run_strategy'))),
    stepConcurrency: message.stepConcurrency,
    alerting: optionally(message.alerting, (alerting) => alertingFromProto(alerting, at('alerting'))),
    alertingDisabled: message.alertingDisabled,
    signalTriggerDisabled: message.signalTriggerDisabled,
    timeTriggerDisabled: message.timeTriggerDisabled,
    description: message.description,
    tags: tagsFromProto(message.tags, at('tags')),
  });
}

export function propertiesSnapshotToProto(snapshot: PropertiesSnapshot): PropertiesSnapshotMessage {
  const { workflowId, createTime, author, ...properties } = snapshot;
  return create(PropertiesSnapshotSchema, {
    workflowId,
    createTime: instantToProto(createTime),
    author: userToProto(author),
    properties: propertiesToProto(properties),
  });
}

/** propertiesSnapshotFromProto: throws INVALID_REQUEST for a snapshot without an author. */
export function propertiesSnapshotFromProto(message: PropertiesSnapshotMessage, path = ''): PropertiesSnapshot {
  const author = required(message.author, fieldPath(path, 'author'));
  return {
    ...(message.properties === undefined ? {} : propertiesFromProto(message.properties, path)),
    workflowId: message.workflowId,
    createTime: Number(message.createTime),
    author: userFromProto(author, fieldPath(path, 'author')),
  };
}
