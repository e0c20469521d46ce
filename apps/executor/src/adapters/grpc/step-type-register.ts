import { createClient, type Channel } from '@maestro/grpc';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { stepTypeToProto } from '@maestro/wire';
import type { StepTypeRegister } from '../../ports/step-type-register.js';

const TIMEOUT_MS = 3_000;

/** grpcStepTypeRegister registers at the definition service. */
export function grpcStepTypeRegister(channel: Channel): StepTypeRegister {
  const client = createClient(StepTypeService, channel, { caller: 'executor', defaultTimeoutMs: TIMEOUT_MS });
  return {
    register: async (types) => {
      await client.registerStepTypes({ types: types.map(stepTypeToProto) }, { detached: true });
    },
  };
}
