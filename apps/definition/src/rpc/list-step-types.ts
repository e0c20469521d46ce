import type { Handler } from '@maestro/grpc';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { stepTypeToProto } from '@maestro/wire';
import { listStepTypes } from '../usecases/list-step-types.js';
import { tenantOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** listStepTypesRpc serves ListStepTypes. */
export function listStepTypesRpc(deps: DefinitionDeps): Handler<typeof StepTypeService.method.listStepTypes> {
  return async ({ name }, context) => {
    const types = await listStepTypes(deps.stepTypes, tenantOf(context), name);
    return {
      types: types.map(({ type, createTime, lastSeen }) => ({
        type: stepTypeToProto(type),
        createTime: BigInt(createTime),
        lastSeen: BigInt(lastSeen),
      })),
    };
  };
}
