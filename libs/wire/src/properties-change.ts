import { create } from '@bufbuild/protobuf';
import type { PropertiesChange } from '@maestro/domain';
import {
  type UpdatePropertiesRequest,
  UpdatePropertiesRequestSchema,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { optionally, present } from './present.js';
import { propertiesFromProto, propertiesToProto } from './properties.js';

/** propertiesChangeToProto: `requestId` makes the update idempotent. */
export function propertiesChangeToProto(
  workflowId: string,
  change: PropertiesChange,
  requestId: string,
): UpdatePropertiesRequest {
  const { resetRunStrategyRule, resetWorkflowConcurrency, resetStepConcurrency, ...properties } = change;
  return create(UpdatePropertiesRequestSchema, {
    requestId,
    workflowId,
    change: propertiesToProto(properties),
    resetRunStrategyRule: resetRunStrategyRule ?? false,
    resetWorkflowConcurrency: resetWorkflowConcurrency ?? false,
    resetStepConcurrency: resetStepConcurrency ?? false,
  });
}

/** propertiesChangeFromProto: throws INVALID_REQUEST for what breaks the contract; paths start at the properties. */
export function propertiesChangeFromProto(message: UpdatePropertiesRequest): PropertiesChange {
  return present({
    ...optionally(message.change, (change) => propertiesFromProto(change)),
    resetRunStrategyRule: message.resetRunStrategyRule || undefined,
    resetWorkflowConcurrency: message.resetWorkflowConcurrency || undefined,
    resetStepConcurrency: message.resetStepConcurrency || undefined,
  });
}
