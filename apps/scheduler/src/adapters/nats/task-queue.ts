import { taskSubject, type Messaging } from '@maestro/messaging';
import type { TaskQueue } from '../../ports/task-queue.js';

export function natsTaskQueue(messaging: Messaging): TaskQueue {
  return { oldest: (pool, type) => messaging.oldestTask(taskSubject({ pool, type })) };
}
