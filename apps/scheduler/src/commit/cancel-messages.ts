import { create, toBinary } from '@bufbuild/protobuf';
import { executorOf } from '@maestro/domain';
import type { Command, RunChange } from '@maestro/engine';
import { EXECUTORS_CANCEL, executorCancelSubject } from '@maestro/messaging';
import { CancelBatchSchema } from '@maestro/proto/maestro/executor/v1/task';
import type { Outgoing } from './encode/outgoing.js';

/** cancelMessages tell the executor that holds an attempt, or all of them while nobody does, to stop it. */
export function cancelMessages(change: RunChange, commands: readonly Command[]): Outgoing[] {
  const { runKey } = change.header;
  return commands.flatMap((command) => {
    if (command.type !== 'cancel-attempt') return [];
    const { ordinal, attempt, dispatch, reason, executorId } = command;
    const cancels = [{ runKey, ordinal, attempt, dispatch, reason }];
    return [
      {
        subject: executorId === undefined ? EXECUTORS_CANCEL : executorCancelSubject(executorOf(executorId)),
        messageId: '',
        data: toBinary(CancelBatchSchema, create(CancelBatchSchema, { cancels })),
        runKey,
        ordinal,
        attempt,
        dispatch,
      },
    ];
  });
}
