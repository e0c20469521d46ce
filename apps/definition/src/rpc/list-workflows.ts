import type { Handler } from '@maestro/grpc';
import {
  DefinitionService,
  type WorkflowFilter as WorkflowFilterMessage,
  type WorkflowSummarySchema,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { instantToProto, runStrategyToProto, tagsToProto, userToProto } from '@maestro/wire';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { effectiveStrategy } from '../ports/effective-strategy.js';
import type { WorkflowFilter } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import type { DefinitionDeps } from './definition-deps.js';

/** listWorkflowsRpc serves ListWorkflows. */
export function listWorkflowsRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.listWorkflows> {
  return async (request) => {
    const filter = filterOf(request.filter);
    const list = `workflows ${JSON.stringify(filter)}`;
    const page = await reads.list(filter, readPageAsk(request.page, list));
    return { workflows: page.items.map(summaryOf), page: { ...pageTokens(page, list), totalCount: page.totalCount } };
  };
}

function filterOf(message: WorkflowFilterMessage | undefined): WorkflowFilter {
  return {
    ...(message?.text ? { text: message.text } : {}),
    ...(message?.owner ? { owner: message.owner } : {}),
    ...(message?.tag ? { tag: message.tag } : {}),
    ...(message?.tenant ? { tenant: message.tenant } : {}),
    ...(message?.active === undefined ? {} : { active: message.active }),
  };
}

function summaryOf(workflow: WorkflowRecord): MessageInitShape<typeof WorkflowSummarySchema> {
  const { properties, definitionTags } = workflow;
  return {
    workflowId: workflow.workflowId,
    name: workflow.name ?? workflow.workflowId,
    tenant: workflow.tenant,
    ...(properties.owner === undefined ? {} : { owner: userToProto(properties.owner) }),
    runStrategy: runStrategyToProto(effectiveStrategy(properties)),
    activeVersionId: workflow.activeVersion ?? 0n,
    latestVersionId: workflow.latestVersion,
    modifyTime: instantToProto(workflow.modifyTime),
    tags: tagsToProto([...definitionTags, ...(properties.tags ?? [])]),
  };
}
