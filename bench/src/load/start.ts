import { randomUUID } from 'node:crypto';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { openDuplex } from '@maestro/grpc';
import {
  SchedulerService,
  type StartWorkflowRequestSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { CALLER, type Clients } from './clients.js';
import type { PushedWorkflow } from './workflows.js';

type StartMessage = MessageInitShape<typeof StartWorkflowRequestSchema>;

/** startMessage asks for a new instance of the active version. */
export function startMessage(workflowId: string): StartMessage {
  return { requestId: randomUUID(), workflowId, version: 'active', initiator: { kind: { case: 'manual', value: {} } } };
}

/**
 * startMany starts instances of the workflows in turn over one stream and returns when all are answered: each start is
 * committed then. The sender waits whenever the scheduler is behind. Fails when one is refused.
 */
export async function startMany(
  { schedulerChannel }: Clients,
  workflows: readonly PushedWorkflow[],
  count: number,
  signal: AbortSignal,
): Promise<void> {
  const stream = openDuplex(SchedulerService.method.startWorkflows, schedulerChannel, CALLER, { signal });
  const sent = stream.writeAll(requests(workflows, count));
  let answered = 0;
  for await (const { outcomes } of stream.messages) {
    for (const { outcome } of outcomes) {
      if (outcome.case !== 'started')
        throw new Error(`a start was refused: ${outcome.value?.code} ${outcome.value?.message}`);
      answered += 1;
    }
  }
  await sent;
  if (answered !== count) throw new Error(`${count} starts were sent and ${answered} answered`);
}

/** Starts of one message: enough to make the message cheap, few enough to keep all of the scheduler busy. */
const STARTS_A_MESSAGE = 50;

async function* requests(
  workflows: readonly PushedWorkflow[],
  count: number,
): AsyncGenerator<{ starts: StartMessage[] }> {
  let starts: StartMessage[] = [];
  for (let index = 0; index < count; index += 1) {
    const workflow = workflows[index % workflows.length];
    if (workflow !== undefined) starts.push(startMessage(workflow.id));
    if (starts.length < STARTS_A_MESSAGE && index < count - 1) continue;
    yield { starts };
    starts = [];
  }
}
