import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { PushRequest } from '@maestro/domain';
import {
  type PushWorkflowRequest,
  PushWorkflowRequestSchema,
  type ValidateWorkflowRequest,
  ValidateWorkflowRequestSchema,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { gitInfoFromProto, gitInfoToProto } from './git-info.js';
import { required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { optionally, present } from './present.js';
import { propertiesFromProto, propertiesToProto } from './properties.js';
import { workflowFromProto, workflowToProto } from './workflow.js';

type Pushed = Omit<MessageInitShape<typeof ValidateWorkflowRequestSchema>, '$typeName'>;

function pushed(request: PushRequest): Pushed {
  return {
    workflow: workflowToProto(request.workflow),
    properties: optionally(request.properties, propertiesToProto),
    isActive: request.isActive,
    gitInfo: optionally(request.gitInfo, gitInfoToProto),
    extraInfo: optionally(request.extraInfo, jsonObjectToProto),
  };
}

/** pushRequestToProto: `requestId` makes the push idempotent. */
export function pushRequestToProto(request: PushRequest, requestId: string): PushWorkflowRequest {
  return create(PushWorkflowRequestSchema, { ...pushed(request), requestId });
}

/** validateRequestToProto asks for the checks of a push alone. */
export function validateRequestToProto(request: PushRequest): ValidateWorkflowRequest {
  return create(ValidateWorkflowRequestSchema, pushed(request));
}

/** pushRequestFromProto: throws INVALID_REQUEST without a workflow, and for what breaks the contract inside it. */
export function pushRequestFromProto(message: PushWorkflowRequest | ValidateWorkflowRequest): PushRequest {
  return present({
    properties: optionally(message.properties, (properties) => propertiesFromProto(properties, 'properties')),
    workflow: workflowFromProto(required(message.workflow, 'workflow'), 'workflow'),
    isActive: message.isActive,
    gitInfo: optionally(message.gitInfo, gitInfoFromProto),
    extraInfo: optionally(message.extraInfo, jsonObjectFromProto),
  });
}
