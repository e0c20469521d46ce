import { MaestroError, type ParamDefinitions, type RestartPolicy } from '@maestro/domain';
import { StartStatus } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { RunPolicy } from '@maestro/proto/maestro/types/v1/instance';
import type { ParamDefinitions as ParamDefinitionsMessage } from '@maestro/proto/maestro/types/v1/param';
import { paramDefinitionsFromProto, runPolicyFromProto } from '@maestro/wire';
import type { StartOutcome } from '../commit/input.js';

/** restartPolicyOf is what runs again; what is incomplete when the caller does not say. Throws INVALID_REQUEST. */
export function restartPolicyOf(policy: RunPolicy): RestartPolicy {
  const named =
    policy === RunPolicy.UNSPECIFIED ? 'RESTART_FROM_INCOMPLETE' : runPolicyFromProto(policy, 'restart_policy');
  if (named === 'RESTART_FROM_INCOMPLETE' || named === 'RESTART_FROM_BEGINNING') return named;
  const message = `is ${named}; it has to be RESTART_FROM_INCOMPLETE or RESTART_FROM_BEGINNING`;
  const violations = [{ path: 'restart_policy', message }];
  throw new MaestroError('INVALID_REQUEST', `The restart policy ${message}.`, { violations });
}

/** stepParamsOf are params for single steps. Throws INVALID_REQUEST. */
export function stepParamsOf(
  messages: Readonly<Record<string, ParamDefinitionsMessage>>,
): Readonly<Record<string, ParamDefinitions>> {
  const params = Object.entries(messages).map(([id, message]): [string, ParamDefinitions] => [
    id,
    paramDefinitionsFromProto(message, `step_run_params.${id}`),
  ]);
  return Object.fromEntries(params);
}

const STATUS: Readonly<Record<StartOutcome['status'], StartStatus>> = {
  CREATED: StartStatus.CREATED,
  DUPLICATED: StartStatus.DUPLICATED,
  STOPPED: StartStatus.STOPPED,
};

/** startStatusOf is what became of a start or restart. */
export function startStatusOf(status: StartOutcome['status']): StartStatus {
  return STATUS[status];
}
