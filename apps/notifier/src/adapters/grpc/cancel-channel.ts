import { createHash } from 'node:crypto';
import { MaestroError, type ErrorCode } from '@maestro/domain';
import { createClient, type Channel as GrpcChannel } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { Channel } from '../../ports/channel.js';

const OVER: ReadonlySet<ErrorCode> = new Set(['INSTANCE_NOT_FOUND', 'NOT_LATEST_RUN', 'INVALID_STATE']);

interface CancelPayload {
  readonly workflow_id: string;
  readonly instance_id: bigint | number;
  readonly run_id: bigint | number;
  readonly reason: string;
}

/** cancelChannel stops the run that an alert is about, when its alerting says so: the same alert stops it once. */
export function cancelChannel(scheduler: GrpcChannel): Channel {
  const client = createClient(SchedulerService, scheduler, { caller: 'notifier' });
  return {
    name: 'cancel',
    send: async ({ messageId, payload }, signal) => {
      const { workflow_id: workflowId, instance_id, run_id, reason } = payload as unknown as CancelPayload;
      const run = { workflowId, workflowInstanceId: BigInt(instance_id), workflowRunId: BigInt(run_id) };
      try {
        await client.stopInstance({ requestId: uuidOf(messageId), run, reason }, { detached: true, signal });
        return { result: 'delivered', answer: 'the run is being stopped' };
      } catch (error) {
        if (error instanceof MaestroError && OVER.has(error.code)) return { result: 'refused', reason: error.message };
        throw error;
      }
    },
  };
}

/** The request ids of acts are UUIDs. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
