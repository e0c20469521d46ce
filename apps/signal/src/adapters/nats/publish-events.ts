import { create, toBinary } from '@bufbuild/protobuf';
import { signalEventSubject, subjectToken, type Messaging, type OutMessage } from '@maestro/messaging';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import type { Logger } from '@maestro/telemetry';
import { signalInstanceToProto } from '@maestro/wire';
import type { SignalEvent } from '../../ports/announcement.js';
import type { EventPublisher } from '../../ports/announcements.js';

/** natsEvents publishes announcements on JetStream, at least once. */
export function natsEvents(messaging: Pick<Messaging, 'publishBatch'>, logger: Logger): EventPublisher {
  return {
    publish: async (events) => {
      const failures = await messaging.publishBatch(events.map(messageOf));
      const [first] = failures;
      if (first !== undefined)
        logger.warn({ failed: failures.length, reason: first.reason }, `not published: ${first.message}`);
      const failed = new Set(failures.map(({ index }) => index));
      return events.filter((_, index) => !failed.has(index)).map(({ signal: { name, seqId } }) => ({ name, seqId }));
    },
  };
}

function messageOf({ signal, tenant, announcedBy }: SignalEvent): OutMessage {
  const event = create(SignalAnnouncedSchema, {
    signal: signalInstanceToProto(signal),
    tenant,
    ...(announcedBy === undefined ? {} : { announcedBy: { name: announcedBy } }),
  });
  return {
    subject: signalEventSubject(signal.name),
    data: toBinary(SignalAnnouncedSchema, event),
    msgId: `signal-${subjectToken(signal.name)}-${signal.seqId}`,
  };
}
