import { create, toBinary } from '@bufbuild/protobuf';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import type { Outgoing } from './outgoing.js';

/** Of a field that comes twice the last value counts: no delivery of such a task is ever fresh, whatever the clocks say. */
const NEVER_FRESH = toBinary(TaskSchema, create(TaskSchema, { fastStartMillis: -3_600_000n }));

/** claimFirst is a copy of a task that nobody starts without a claim: the message itself may have been sent, too. */
export function claimFirst(message: Outgoing): Outgoing {
  if (message.messageId === '') return message;
  return { ...message, data: Buffer.concat([message.data, NEVER_FRESH]) };
}
