import { createClient, type Channel } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import type { WorkflowRemover } from '../../ports/workflow-remover.js';

export function grpcWorkflowRemover(channel: Channel): WorkflowRemover {
  const client = createClient(DefinitionService, channel, { caller: 'scheduler' });
  return {
    keyOf: async (workflowId) => (await client.getOverview({ workflowId })).workflowKey,
    remove: async (workflowId, workflowKey) => void (await client.removeWorkflow({ workflowId, workflowKey })),
  };
}
