import { MaestroError } from '@maestro/domain';
import { createClient, type Channel } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { propertiesSnapshotFromProto } from '@maestro/wire';
import type { AlertingSource } from '../../ports/workflow-alertings.js';

const OPTIONS = { detached: true, timeoutMs: 10_000 } as const;

/** grpcAlertingSource asks the definition service for the alerting of workflows. */
export function grpcAlertingSource(definition: Channel): AlertingSource {
  const client = createClient(DefinitionService, definition, { caller: 'notifier' });
  return {
    read: async (workflowId) => {
      const snapshot = await snapshotOf(() => client.getOverview({ workflowId }, OPTIONS));
      return snapshot === undefined ? undefined : propertiesSnapshotFromProto(snapshot);
    },
  };
}

async function snapshotOf<T>(ask: () => Promise<{ readonly propertiesSnapshot?: T }>): Promise<T | undefined> {
  try {
    return (await ask()).propertiesSnapshot;
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'WORKFLOW_NOT_FOUND') return undefined;
    throw error;
  }
}
