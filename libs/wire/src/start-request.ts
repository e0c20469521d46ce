import { create } from '@bufbuild/protobuf';
import type { StartRequest } from '@maestro/domain';
import {
  type StartWorkflowRequest,
  StartWorkflowRequestSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { initiatorFromProto, initiatorToProto } from './initiator.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import { mapValues, optionally, present, whenAny, whenText } from './present.js';
import { tagsFromProto, tagsToProto } from './tag.js';
import { instantFromProto, instantToProto } from './time.js';

/** StartTarget names what to start: `version` is `active`, `latest`, `default` or a number. */
export interface StartTarget {
  readonly workflowId: string;
  readonly version: string;
}

export function startRequestToProto(target: StartTarget, request: StartRequest): StartWorkflowRequest {
  return create(StartWorkflowRequestSchema, {
    requestId: request.requestId,
    workflowId: target.workflowId,
    version: target.version,
    initiator: initiatorToProto(request.initiator),
    requestTime: instantToProto(request.requestTime),
    runtimeTags: tagsToProto(request.runtimeTags),
    runParams: optionally(request.runParams, paramDefinitionsToProto),
    stepRunParams: mapValues(request.stepRunParams ?? {}, paramDefinitionsToProto),
    artifacts: optionally(request.artifacts, jsonObjectToProto),
    persistFailedRun: request.persistFailedRun ?? false,
  });
}

/** startTargetFromProto: an empty version is `active`; throws INVALID_REQUEST without a workflow id. */
export function startTargetFromProto(message: StartWorkflowRequest): StartTarget {
  return { workflowId: required(whenText(message.workflowId), 'workflow_id'), version: message.version || 'active' };
}

/** startRequestFromProto: throws INVALID_REQUEST without a request id or an initiator, and for unreadable params. */
export function startRequestFromProto(message: StartWorkflowRequest): StartRequest {
  const stepRunParams = mapValues(message.stepRunParams, (params, step) =>
    paramDefinitionsFromProto(params, fieldPath('step_run_params', step)),
  );
  return present({
    initiator: initiatorFromProto(required(message.initiator, 'initiator')),
    requestTime: instantFromProto(message.requestTime),
    requestId: required(whenText(message.requestId), 'request_id'),
    runtimeTags: tagsFromProto(message.runtimeTags, 'runtime_tags'),
    runParams: optionally(message.runParams, (params) => paramDefinitionsFromProto(params, 'run_params')),
    stepRunParams: whenAny(stepRunParams),
    artifacts: optionally(message.artifacts, jsonObjectFromProto),
    persistFailedRun: message.persistFailedRun || undefined,
  });
}
