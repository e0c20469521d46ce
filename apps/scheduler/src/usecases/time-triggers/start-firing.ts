import { create } from '@bufbuild/protobuf';
import type { Millis } from '@maestro/domain';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { initiatorToProto, paramDefinitionsToProto } from '@maestro/wire';
import type { NewTrigger } from '../../ports/time-trigger-store.js';
import { startWorkflow, type Started, type StartWorkflowDeps } from '../start-workflow.js';
import type { CompiledTrigger } from './compiled-triggers.js';
import { firingRequestId } from './trigger-id.js';

/** On whose behalf triggers start workflows. */
const CALLER = 'maestro';

/** startFiring starts the workflow of a trigger for a nominal time: however often it is asked, one instance. */
export function startFiring(
  deps: StartWorkflowDeps,
  { workflowId, triggerId, identity }: NewTrigger,
  nominal: Millis,
  { schedule: { timezone }, trigger }: CompiledTrigger,
): Promise<Started> {
  const message = create(StartWorkflowRequestSchema, {
    requestId: firingRequestId(workflowId, identity, nominal),
    workflowId,
    version: 'active',
    initiator: initiatorToProto({ type: 'TIME', triggerUuid: triggerId, triggerTime: nominal, timezone }),
    runParams: paramDefinitionsToProto({ ...trigger.params, RUN_TS: { type: 'LONG', value: BigInt(nominal) } }),
    persistFailedRun: true,
  });
  return startWorkflow(deps, message, CALLER, undefined);
}
