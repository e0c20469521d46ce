import type { Messaging } from '@maestro/messaging';
import type { Publisher } from '../../commit/commit-deps.js';

/** natsPublisher sends a batch: tasks to JetStream, each with its PubAck checked, and hints over core NATS. */
export function natsPublisher(messaging: Messaging): Publisher {
  return {
    publish: async (messages) => {
      const tasks = messages.filter(({ messageId }) => messageId !== '');
      for (const { messageId, subject, data } of messages) if (messageId === '') messaging.publish(subject, data);
      if (tasks.length === 0) return;
      const failures = await messaging.publishBatch(
        tasks.map(({ subject, data, messageId }) => ({ subject, data, msgId: messageId })),
      );
      const first = failures[0];
      if (first !== undefined)
        throw new Error(
          `${String(failures.length)} of ${String(tasks.length)} tasks were not stored: ${first.message}`,
        );
    },
  };
}
