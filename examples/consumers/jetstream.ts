// Reads Maestro's events from JetStream with a durable consumer: what comes while this program is away is there when it is back.
//
//   NATS_URL         where NATS is; default nats://127.0.0.1:4222
//   SUBJECT          which events; default all in JSON. maestro.cloudevents.<format>.<domain>.<tenant>.<name>
//   CONSUMER         the name under which the server remembers how far this program has come
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { CloudEvent } from 'cloudevents';

const STREAM = 'MAESTRO_CLOUDEVENTS';
const { NATS_URL = 'nats://127.0.0.1:4222', CONSUMER = 'example' } = process.env;
const { SUBJECT = 'maestro.cloudevents.json.>' } = process.env;

async function main(): Promise<void> {
  const connection = await connect({ servers: NATS_URL });
  const manager = await jetstreamManager(connection);
  const wanted = { durable_name: CONSUMER, filter_subject: SUBJECT, ack_policy: AckPolicy.Explicit };
  await manager.consumers.add(STREAM, wanted);
  const consumer = await jetstream(connection).consumers.get(STREAM, CONSUMER);
  process.once('SIGTERM', () => void connection.drain());
  console.log(`hears ${SUBJECT}`);
  for await (const message of await consumer.consume()) {
    const event = new CloudEvent(message.json() as object);
    // An event may come again; its id is the same then. Whatever you do with it, do it once for an id.
    console.log(`${event.id} ${event.type} ${event.subject}`);
    message.ack();
  }
}

void main();
