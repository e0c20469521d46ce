import { createClient, type Channel } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { definitionFromProto } from '@maestro/wire';
import type { ActiveTriggers } from '../../ports/trigger-standings.js';

/** grpcActiveTriggers asks the definition service. */
export function grpcActiveTriggers(channel: Channel): ActiveTriggers {
  const client = createClient(DefinitionService, channel, { caller: 'signal' });
  return {
    of: async (workflowId) => {
      const { definition } = await client.getWorkflow({ workflowId, version: 'active' });
      if (definition === undefined) return { count: 0, disabled: false };
      const { workflow, propertiesSnapshot } = definitionFromProto(definition);
      return {
        count: workflow.signalTriggers?.length ?? 0,
        disabled: propertiesSnapshot.signalTriggerDisabled === true,
      };
    },
  };
}
