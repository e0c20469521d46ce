import type { Handlers } from '@maestro/grpc';
import type { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { ActionDeps, BulkRpcDeps } from './action-deps.js';
import { actOnInstancesRpc } from './act-on-instances.js';
import { bypassStepDependenciesRpc } from './bypass-step-dependencies.js';
import { cancelBulkJobRpc } from './cancel-bulk-job.js';
import { getBulkJobRpc } from './get-bulk-job.js';
import { deleteBreakpointRpc } from './delete-breakpoint.js';
import { listBreakpointsRpc } from './list-breakpoints.js';
import { listPausedStepsRpc } from './list-paused-steps.js';
import { pauseInstanceRpc } from './pause-instance.js';
import { pauseWorkflowRpc } from './pause-workflow.js';
import { resumeInstanceRpc } from './resume-instance.js';
import { resumeStepRpc } from './resume-step.js';
import { resumeWorkflowRpc } from './resume-workflow.js';
import { setBreakpointRpc } from './set-breakpoint.js';
import { killStepRpc } from './kill-step.js';
import { skipStepRpc } from './skip-step.js';
import { stopStepRpc } from './stop-step.js';

/** actionHandlers has one handler an RPC. */
export function actionHandlers(deps: ActionDeps & BulkRpcDeps): Handlers<typeof ActionService> {
  return {
    actOnInstances: actOnInstancesRpc(deps),
    getBulkJob: getBulkJobRpc(deps),
    cancelBulkJob: cancelBulkJobRpc(deps),
    stopStep: stopStepRpc(deps),
    killStep: killStepRpc(deps),
    skipStep: skipStepRpc(deps),
    bypassStepDependencies: bypassStepDependenciesRpc(deps),
    resumeStep: resumeStepRpc(deps),
    setBreakpoint: setBreakpointRpc(deps),
    listBreakpoints: listBreakpointsRpc(deps),
    deleteBreakpoint: deleteBreakpointRpc(deps),
    listPausedSteps: listPausedStepsRpc(deps),
    pauseInstance: pauseInstanceRpc(deps),
    resumeInstance: resumeInstanceRpc(deps),
    pauseWorkflow: pauseWorkflowRpc(deps),
    resumeWorkflow: resumeWorkflowRpc(deps),
  };
}
