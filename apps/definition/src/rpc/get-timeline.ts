import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { findWorkflow } from '../usecases/find-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';

const MAX_LINES = 300;

/** getTimelineRpc serves GetTimeline. */
export function getTimelineRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.getTimeline> {
  return async ({ workflowId, limit }) => {
    if (limit < 0 || limit > MAX_LINES) {
      const message = `is ${limit}; it must be 0 to ${MAX_LINES}`;
      throw new MaestroError('INVALID_REQUEST', `limit ${message}.`, { violations: [{ path: 'limit', message }] });
    }
    const { workflowKey } = await findWorkflow(reads, workflowId);
    const lines = await reads.timeline(workflowKey, limit === 0 ? MAX_LINES : limit);
    const timelineEvents = lines.map(({ author, log, time }) => ({
      author: { name: author },
      log,
      timestamp: BigInt(time),
    }));
    return { workflowId, timelineEvents };
  };
}
