import { create, toBinary } from '@bufbuild/protobuf';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import type { Outgoing } from './outgoing.js';

/** Of a field that comes twice the last value counts: no delivery of such a task is ever fresh, whatever the clocks say. */
const NEVER_FRESH = { fastStartMillis: -3_600_000n };
const SENT_AGAIN = toBinary(TaskSchema, create(TaskSchema, NEVER_FRESH));
const COPY = toBinary(TaskSchema, create(TaskSchema, { ...NEVER_FRESH, copy: true }));

/** claimFirst is a copy of a task: the message itself may have been sent, too, so that whoever gets this one has to wait until that is certainly over. */
export function claimFirst(message: Outgoing): Outgoing {
  return withMore(message, COPY);
}

/** sentAgain is a task of which nobody else has anything that may run: it is claimed before it begins, and that is granted at once. */
export function sentAgain(message: Outgoing): Outgoing {
  return withMore(message, SENT_AGAIN);
}

/** A cancel may come as often as it likes. */
function withMore(message: Outgoing, fields: Uint8Array): Outgoing {
  if (message.messageId === '') return message;
  return { ...message, data: Buffer.concat([message.data, fields]) };
}
