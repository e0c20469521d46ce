import { create } from '@bufbuild/protobuf';
import type { RestartConfig } from '@maestro/domain';
import {
  RestartConfigSchema,
  type RestartConfig as RestartConfigMessage,
} from '@maestro/proto/maestro/types/v1/instance';
import { paramDefinitionsToProto } from './param-definition.js';
import { mapValues } from './present.js';
import { runPolicyToProto } from './run-policy.js';

/** restartConfigToProto: what a restart asked for, for answers. */
export function restartConfigToProto(config: RestartConfig): RestartConfigMessage {
  return create(RestartConfigSchema, {
    restartPath: config.path.map(({ workflowId, instanceId, stepId = '' }) => ({ workflowId, instanceId, stepId })),
    restartPolicy: runPolicyToProto(config.policy),
    downstreamPolicy: runPolicyToProto(config.downstreamPolicy),
    restartParams: paramDefinitionsToProto(config.params),
    stepRestartParams: mapValues(config.stepParams, paramDefinitionsToProto),
    skipSteps: [...config.skipSteps],
  });
}
