import type {
  Initiator,
  Json,
  JsonObject,
  ParamDefinitions,
  Properties,
  PushRequest,
  RunStrategy,
  Tag,
  User,
  Workflow,
} from '@maestro/domain';
import { initiator } from './model/initiator.js';
import { paramDefinitions } from './model/params.js';
import { properties } from './model/properties.js';
import { pushRequest } from './model/push-request.js';
import { runStrategy } from './model/run-strategy.js';
import { tag } from './model/tag.js';
import { user } from './model/user.js';
import { workflow } from './model/workflow.js';

/**
 * definitionToJson writes a push request in the original's JSON. Normalised on the way: enum constants in upper case,
 * run strategies as objects, tags and users as plain text where they are no more than a name, nulls left out.
 */
export const definitionToJson = (request: PushRequest): JsonObject => pushRequest.write(request) as JsonObject;

export const workflowToJson = (value: Workflow): JsonObject => workflow.write(value) as JsonObject;

export const propertiesToJson = (value: Properties): JsonObject => properties.write(value) as JsonObject;

export const paramDefinitionsToJson = (value: ParamDefinitions): JsonObject =>
  paramDefinitions.write(value) as JsonObject;

export const tagToJson = (value: Tag): Json => tag.write(value);

export const userToJson = (value: User): Json => user.write(value);

export const runStrategyToJson = (value: RunStrategy): JsonObject => runStrategy.write(value) as JsonObject;

export const initiatorToJson = (value: Initiator): JsonObject => initiator.write(value) as JsonObject;
