import type { WorkflowDefinition } from '@maestro/domain';
import type { FoundVersion } from './find-workflow.js';

/** definitionOf puts a version and the state of its workflow's pointers together, as the API answers them. */
export function definitionOf({ workflow, version, activation }: FoundVersion): WorkflowDefinition {
  const isActive = workflow.activeVersion === version.version;
  const isLatest = workflow.latestVersion === version.version;
  return {
    workflowKey: workflow.workflowKey,
    tenant: workflow.tenant,
    propertiesSnapshot: workflow.properties,
    metadata: {
      workflowId: workflow.workflowId,
      workflowVersionId: version.version,
      createTime: version.createTime,
      versionAuthor: { name: version.author },
      ...(version.gitInfo === undefined ? {} : { gitInfo: version.gitInfo }),
      ...(version.extraInfo === undefined ? {} : { extraInfo: version.extraInfo }),
    },
    workflow: version.workflow,
    isActive,
    ...(activation === undefined ? {} : { activateTime: activation.time, activatedBy: { name: activation.author } }),
    isLatest,
    isDefault: isActive || (workflow.activeVersion === undefined && isLatest),
    modifyTime: workflow.modifyTime,
    internalId: workflow.internalId,
  };
}
