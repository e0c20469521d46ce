import type { Handlers } from '@maestro/grpc';
import type { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { checkStrategySwitchRpc } from './check-strategy-switch.js';
import { deleteWorkflowRpc } from './delete-workflow.js';
import { explainRpc } from './explain.js';
import { getInstanceRpc } from './get-instance.js';
import { getStepRpc } from './get-step.js';
import { getWorkflowCountsRpc } from './get-workflow-counts.js';
import { killInstanceRpc } from './kill-instance.js';
import { killWorkflowRpc } from './kill-workflow.js';
import { listInstancesRpc } from './list-instances.js';
import { listStepsRpc } from './list-steps.js';
import { restartInstanceRpc } from './restart-instance.js';
import { restartStepRpc } from './restart-step.js';
import type { SchedulerDeps } from './scheduler-deps.js';
import { startWorkflowRpc } from './start-workflow.js';
import { startWorkflowsRpc } from './start-workflows.js';
import { stopInstanceRpc } from './stop-instance.js';
import { stopWorkflowRpc } from './stop-workflow.js';
import { unblockWorkflowRpc } from './unblock-workflow.js';
import { unparkRunRpc } from './unpark-run.js';
import { watchInstanceRpc } from './watch-instance.js';

/** schedulerHandlers has one handler an RPC. */
export function schedulerHandlers(deps: SchedulerDeps): Handlers<typeof SchedulerService> {
  return {
    startWorkflow: startWorkflowRpc(deps),
    startWorkflows: startWorkflowsRpc(deps),
    restartInstance: restartInstanceRpc(deps),
    restartStep: restartStepRpc(deps),
    stopInstance: stopInstanceRpc(deps),
    killInstance: killInstanceRpc(deps),
    stopWorkflow: stopWorkflowRpc(deps),
    killWorkflow: killWorkflowRpc(deps),
    unblockWorkflow: unblockWorkflowRpc(deps),
    deleteWorkflow: deleteWorkflowRpc(deps),
    checkStrategySwitch: checkStrategySwitchRpc(deps),
    getInstance: getInstanceRpc(deps),
    listInstances: listInstancesRpc(deps),
    getStep: getStepRpc(deps),
    listSteps: listStepsRpc(deps),
    watchInstance: watchInstanceRpc(deps),
    explain: explainRpc(deps),
    getWorkflowCounts: getWorkflowCountsRpc(deps),
    unparkRun: unparkRunRpc(deps),
  };
}
