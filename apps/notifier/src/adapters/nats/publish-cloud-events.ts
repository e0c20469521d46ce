import { cloudEventSubject, type CloudEventAddress, type Messaging, type OutMessage } from '@maestro/messaging';
import type { EventListener } from '../../ports/event-listener.js';
import type { MaestroEvent } from '../../ports/maestro-event.js';
import type { EventEncoding } from '../../ports/event-encoding.js';

/** natsCloudEvents publishes every event in each format, at least once; the NATS protocol binding's structured mode. */
export function natsCloudEvents(
  messaging: Pick<Messaging, 'publishBatch'>,
  encodings: readonly EventEncoding[],
): EventListener {
  return {
    hear: async (events) => {
      const messages = events.flatMap((event) => encodings.map((encoding) => messageOf(event, encoding)));
      const [failure] = await messaging.publishBatch(messages);
      if (failure !== undefined) throw new Error(`CloudEvents were not published: ${failure.message}`);
    },
  };
}

function messageOf(event: MaestroEvent, { format, contentType, encode }: EventEncoding): OutMessage {
  return {
    subject: cloudEventSubject({ ...addressOf(event), format }),
    data: encode(event),
    // One stream holds both formats.
    msgId: format === 'json' ? event.id : `${event.id}-${format}`,
    headers: { 'content-type': contentType },
  };
}

function addressOf(event: MaestroEvent): Omit<CloudEventAddress, 'format'> {
  const name = event.type === 'signal' ? event.signal.name : event.workflowId;
  return { domain: event.type, tenant: event.tenant, name };
}
