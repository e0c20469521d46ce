import type { Messaging } from '@maestro/messaging';
import type { TaskQueue } from '../../ports/task-queue.js';

export function natsTaskQueue(messaging: Messaging): TaskQueue {
  return { oldest: (subject) => messaging.oldestTask(subject), keptSince: () => messaging.tasksKeptSince() };
}
