import type { JsonObject } from '@maestro/domain';
import type { GetTagPermitResponse, PermitUser, TagPermit } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { jsonObjectFromProto } from '../json.js';
import { instantJson, jsonFields } from './fields.js';

/** tagPermitToJson: the shape of §4.5 of Maestro's model, in which extra info lies beside the rest; `held` and what follows is ours. */
export function tagPermitToJson(message: TagPermit): JsonObject {
  return {
    ...(message.extraInfo === undefined ? {} : jsonObjectFromProto(message.extraInfo)),
    ...jsonFields({
      tag: message.tag,
      max_allowed: BigInt(message.maxAllowed),
      held: BigInt(message.held),
      waiting: message.waiting,
      modify_time: instantJson(message.modifyTime),
    }),
  };
}

/** tagPermitUseToJson: a limit, and who holds its permits or waits for them. */
export function tagPermitUseToJson(permit: TagPermit, { holders, waiters }: GetTagPermitResponse): JsonObject {
  return { ...tagPermitToJson(permit), holders: holders.map(userToJson), waiters: waiters.map(userToJson) };
}

function userToJson(message: PermitUser): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_instance_id: instantJson(message.workflowInstanceId),
    workflow_run_id: instantJson(message.workflowRunId),
    step_id: message.stepId,
    step_attempt_id: BigInt(message.stepAttemptId),
    ask_time: instantJson(message.askTime),
  });
}
