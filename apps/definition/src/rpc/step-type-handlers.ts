import type { Handlers } from '@maestro/grpc';
import type { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import type { DefinitionDeps } from './definition-deps.js';
import { listStepTypesRpc } from './list-step-types.js';
import { registerStepTypesRpc } from './register-step-types.js';

/** stepTypeHandlers serve the StepTypeService. */
export function stepTypeHandlers(deps: DefinitionDeps): Handlers<typeof StepTypeService> {
  return { registerStepTypes: registerStepTypesRpc(deps), listStepTypes: listStepTypesRpc(deps) };
}
