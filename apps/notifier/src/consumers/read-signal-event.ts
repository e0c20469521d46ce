import { fromBinary } from '@bufbuild/protobuf';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import { signalInstanceFromProto } from '@maestro/wire';
import type { MaestroEvent } from '../ports/maestro-event.js';
import { eventId } from '../usecases/event-id.js';

/** readSignalEvent reads a message of `maestro.events.signal.*`. */
export function readSignalEvent(data: Uint8Array): readonly MaestroEvent[] {
  const { signal: message, announcedBy, tenant } = fromBinary(SignalAnnouncedSchema, data);
  if (message === undefined) throw new Error('the message names no signal');
  const signal = signalInstanceFromProto(message);
  return [
    {
      type: 'signal',
      id: eventId('signal', signal.name, signal.seqId, signal.createTime),
      time: signal.createTime,
      // Messages of before 0.1 say no tenant.
      tenant: tenant === '' ? 'default' : tenant,
      signal,
      ...(announcedBy === undefined ? {} : { announcedBy: announcedBy.name }),
    },
  ];
}
