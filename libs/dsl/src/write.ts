import type {
  Initiator,
  Json,
  JsonObject,
  ParamDefinitions,
  Properties,
  PushRequest,
  RunStrategy,
  SignalTrigger,
  Tag,
  TimeTrigger,
  User,
  Workflow,
} from '@maestro/domain';
import { initiator } from './model/initiator.js';
import { paramDefinitions } from './model/params.js';
import { properties } from './model/properties.js';
import { pushRequest } from './model/push-request.js';
import { runStrategy } from './model/run-strategy.js';
import { tag } from './model/tag.js';
import { signalTriggers, timeTriggers } from './model/triggers.js';
import { user } from './model/user.js';
import { workflow } from './model/workflow.js';

/**
 * definitionToJson writes a push request in the original's JSON. Normalised on the way: enum constants in upper case,
 * run strategies as objects, tags and users as plain text where they are no more than a name, nulls left out.
 */
export const definitionToJson = (request: PushRequest): JsonObject => pushRequest.write(request) as JsonObject;

/** workflowToJson writes a workflow as the `workflow` of a push request. */
export const workflowToJson = (value: Workflow): JsonObject => workflow.write(value) as JsonObject;

/** propertiesToJson writes properties, tags included. */
export const propertiesToJson = (value: Properties): JsonObject => properties.write(value) as JsonObject;

/** paramDefinitionsToJson writes params by name, in their order. */
export const paramDefinitionsToJson = (value: ParamDefinitions): JsonObject =>
  paramDefinitions.write(value) as JsonObject;

/** tagToJson writes a tag: text where it is no more than a name. */
export const tagToJson = (value: Tag): Json => tag.write(value);

/** userToJson writes a user: text where it is no more than a name. */
export const userToJson = (value: User): Json => user.write(value);

/** runStrategyToJson writes a run strategy as an object. */
export const runStrategyToJson = (value: RunStrategy): JsonObject => runStrategy.write(value) as JsonObject;

/** timeTriggersToJson writes a list of time triggers. */
export const timeTriggersToJson = (value: readonly TimeTrigger[]): Json => timeTriggers.write(value);

/** signalTriggersToJson writes a list of signal triggers. */
export const signalTriggersToJson = (value: readonly SignalTrigger[]): readonly Json[] =>
  signalTriggers.write(value) as readonly Json[];

/** initiatorToJson writes what started an instance. */
export const initiatorToJson = (value: Initiator): JsonObject => initiator.write(value) as JsonObject;
