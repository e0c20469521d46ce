import type { Handlers } from '@maestro/grpc';
import type { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { activateWorkflowRpc } from './activate-workflow.js';
import { deactivateWorkflowRpc } from './deactivate-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';
import { deleteTagRpc } from './delete-tag.js';
import { getOverviewRpc } from './get-overview.js';
import { getTimelineRpc } from './get-timeline.js';
import { getWorkflowRpc } from './get-workflow.js';
import { listPropertiesHistoryRpc } from './list-properties-history.js';
import { listVersionsRpc } from './list-versions.js';
import { listWorkflowsRpc } from './list-workflows.js';
import { pushWorkflowRpc } from './push-workflow.js';
import { readChangesRpc } from './read-changes.js';
import { removeWorkflowRpc } from './remove-workflow.js';
import { resolveVersionsRpc } from './resolve-versions.js';
import { updatePropertiesRpc } from './update-properties.js';
import { upsertTagRpc } from './upsert-tag.js';
import { validateWorkflowRpc } from './validate-workflow.js';

/** definitionHandlers has one handler an RPC. */
export function definitionHandlers(deps: DefinitionDeps): Handlers<typeof DefinitionService> {
  return {
    pushWorkflow: pushWorkflowRpc(deps),
    validateWorkflow: validateWorkflowRpc(deps),
    getWorkflow: getWorkflowRpc(deps),
    listWorkflows: listWorkflowsRpc(deps),
    listVersions: listVersionsRpc(deps),
    activateWorkflow: activateWorkflowRpc(deps),
    deactivateWorkflow: deactivateWorkflowRpc(deps),
    updateProperties: updatePropertiesRpc(deps),
    listPropertiesHistory: listPropertiesHistoryRpc(deps),
    upsertTag: upsertTagRpc(deps),
    deleteTag: deleteTagRpc(deps),
    getOverview: getOverviewRpc(deps),
    getTimeline: getTimelineRpc(deps),
    removeWorkflow: removeWorkflowRpc(deps),
    resolveVersions: resolveVersionsRpc(deps),
    readChanges: readChangesRpc(deps),
  };
}
