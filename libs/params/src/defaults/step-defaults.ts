import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';

const RESERVED = { mode: 'CONSTANT', internalMode: 'RESERVED', source: 'SYSTEM_DEFAULT' } as const;

function field(type: 'LONG' | 'STRING', expression: string): ParamDefinition {
  return { type, expression, ...RESERVED };
}

/**
 * STEP_DEFAULTS are the params that every attempt of a step has (specification part 1 §2.8). They follow from the identity of
 * the attempt and are never stored; nobody may set them.
 */
export const STEP_DEFAULTS: ParamDefinitions = {
  workflow_instance_id: field('LONG', "params.getFromInstance('workflow_instance_id')"),
  step_instance_uuid: field('STRING', "params.getFromStep('step_instance_uuid')"),
  step_attempt_id: field('LONG', "params.getFromStep('step_attempt_id')"),
  step_id: field('STRING', "params.getFromStep('step_id')"),
};
