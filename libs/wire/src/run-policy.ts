import type { RunPolicy } from '@maestro/domain';
import { RunPolicy as RunPolicyEnum } from '@maestro/proto/maestro/types/v1/instance';
import { enumTable } from './enum-table.js';

export const RUN_POLICY_TABLE = enumTable<RunPolicy, RunPolicyEnum>({
  START_FRESH_NEW_RUN: RunPolicyEnum.START_FRESH_NEW_RUN,
  START_CUSTOMIZED_RUN: RunPolicyEnum.START_CUSTOMIZED_RUN,
  RESTART_FROM_INCOMPLETE: RunPolicyEnum.RESTART_FROM_INCOMPLETE,
  RESTART_FROM_BEGINNING: RunPolicyEnum.RESTART_FROM_BEGINNING,
  RESTART_FROM_SPECIFIC: RunPolicyEnum.RESTART_FROM_SPECIFIC,
  RESTART_CUSTOMIZED_RUN: RunPolicyEnum.RESTART_CUSTOMIZED_RUN,
});

export const runPolicyToProto = RUN_POLICY_TABLE.toProto;

/** runPolicyFromProto: throws INVALID_REQUEST for UNSPECIFIED. */
export function runPolicyFromProto(policy: RunPolicyEnum, path = 'run_policy'): RunPolicy {
  return RUN_POLICY_TABLE.fromProto(policy, path);
}
