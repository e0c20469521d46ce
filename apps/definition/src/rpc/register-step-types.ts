import type { Handler } from '@maestro/grpc';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { stepTypeFromProto } from '@maestro/wire';
import type { DefinitionDeps } from './definition-deps.js';
import { registerStepTypes } from '../usecases/register-step-types.js';

/** registerStepTypesRpc serves RegisterStepTypes. */
export function registerStepTypesRpc(deps: DefinitionDeps): Handler<typeof StepTypeService.method.registerStepTypes> {
  return async ({ types }) => {
    await registerStepTypes(
      deps,
      types.map((type, index) => stepTypeFromProto(type, `types[${index}]`)),
    );
    return {};
  };
}
