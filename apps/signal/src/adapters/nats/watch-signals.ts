import { once } from 'node:events';
import { fromBinary } from '@bufbuild/protobuf';
import { MaestroError, type SignalInstance } from '@maestro/domain';
import { SIGNAL_EVENTS, signalEventSubject, type Messaging } from '@maestro/messaging';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import { signalInstanceFromProto } from '@maestro/wire';
import type { SignalWatcher } from '../../ports/signal-watcher.js';

/** So many may wait for one follower. */
const MAX_WAITING = 2_000;

/** natsSignalWatcher hears the events that replicas publish for outsiders. */
export function natsSignalWatcher(messaging: Pick<Messaging, 'listen'>): SignalWatcher {
  return {
    follow: (name, signal) => follow(messaging, name === undefined ? SIGNAL_EVENTS : signalEventSubject(name), signal),
  };
}

async function* follow(
  messaging: Pick<Messaging, 'listen'>,
  subject: string,
  stop: AbortSignal,
): AsyncGenerator<SignalInstance> {
  const waiting: SignalInstance[] = [];
  const arrived = new EventTarget();
  const state = { lost: false };
  const listening = messaging.listen(subject, (data) => {
    const { signal } = fromBinary(SignalAnnouncedSchema, data);
    if (signal === undefined) return;
    if (waiting.length >= MAX_WAITING) state.lost = true;
    else waiting.push(signalInstanceFromProto(signal));
    arrived.dispatchEvent(new Event('more'));
  });
  try {
    while (!stop.aborted) {
      yield* waiting.splice(0);
      if (state.lost) throw tooSlow();
      if (waiting.length === 0) await once(arrived, 'more', { signal: stop }).catch(() => undefined);
    }
  } finally {
    await listening.stop();
  }
}

function tooSlow(): MaestroError {
  const message = `Announcements came faster than they were read: more than ${MAX_WAITING} waited. List those that were missed.`;
  return new MaestroError('OVERLOADED', message);
}
