import { isErrorCode, MaestroError } from '@maestro/domain';
import { createClient, type Channel } from '@maestro/grpc';
import {
  SchedulerService,
  StartStatus,
  type StartOutcome,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startRequestToProto } from '@maestro/wire';
import type { StartResult, WorkflowStarter } from '../../ports/workflow-starter.js';

const TIMEOUT_MS = 10_000;

/** grpcWorkflowStarter starts many instances with one message. */
export function grpcWorkflowStarter(channel: Channel): WorkflowStarter {
  const client = createClient(SchedulerService, channel, { caller: 'signal' });
  return {
    start: async (starts) => {
      const message = {
        starts: starts.map(({ workflowId, request }) =>
          startRequestToProto({ workflowId, version: 'active' }, request),
        ),
      };
      const options = { detached: true, timeoutMs: TIMEOUT_MS };
      for await (const { outcomes } of client.startWorkflows(only(message), options)) return outcomes.map(resultOf);
      throw new MaestroError('UNAVAILABLE', 'The scheduler ended the stream of starts without an answer.');
    },
  };
}

async function* only<T>(message: T): AsyncGenerator<T> {
  yield await Promise.resolve(message);
}

function resultOf({ outcome }: StartOutcome): StartResult {
  if (outcome.case === 'started') {
    const { workflowInstanceId: instanceId, workflowRunId: runId, status } = outcome.value;
    return { kind: 'started', instanceId, runId, duplicate: status === StartStatus.DUPLICATED };
  }
  const { code = 'INTERNAL', message = 'The scheduler gave no outcome.' } = outcome.value ?? {};
  return { kind: 'refused', code: isErrorCode(code) ? code : 'INTERNAL', message };
}
