import { attemptId, type Millis, type Param, type Params } from '@maestro/domain';
import type { RunHeader, StepState } from '@maestro/engine';

/** withReservedParams adds the params that every attempt has and that follow from its identity: they are not stored. */
export function withReservedParams(header: RunHeader, stepId: string, step: StepState): Params {
  const { ordinal, attempt, times } = step;
  const uuid = attemptId({ runKey: header.runKey, ordinal, attempt });
  return {
    workflow_instance_id: long(header.instanceId, times.create),
    step_instance_uuid: text(uuid, times.create),
    step_attempt_id: long(BigInt(attempt), times.create),
    step_id: text(stepId, times.create),
    ...step.params,
  };
}

const RESERVED = { mode: 'CONSTANT', source: 'SYSTEM_DEFAULT' } as const;

function text(value: string, at: Millis | undefined): Param {
  return { definition: { type: 'STRING', value, ...RESERVED }, evaluatedResult: value, ...evaluated(at) };
}

function long(value: bigint, at: Millis | undefined): Param {
  return { definition: { type: 'LONG', value, ...RESERVED }, evaluatedResult: value, ...evaluated(at) };
}

function evaluated(at: Millis | undefined): Pick<Param, 'evaluatedTime'> {
  return at === undefined ? {} : { evaluatedTime: at };
}
