import type { Millis } from '@maestro/domain';
import { Cron } from 'croner';
import { cronerPattern } from './quartz.js';
import type { Recurrence } from './recurrence.js';
import { ScheduleError } from './schedule-error.js';

/**
 * cronRecurrence is a cron expression in a time zone. Daylight saving: a job at fixed times (no `*`, no step in seconds, minutes and hours) whose
 * time does not exist fires at the first instant that does, on the same day, and one whose time comes twice fires at the first; any other
 * job goes on in real time through both. Throws a ScheduleError.
 */
export function cronRecurrence(cron: string, timezone: string): Recurrence {
  const { pattern, ...options } = cronerPattern(cron);
  let job: Cron;
  try {
    job = new Cron(pattern, { ...options, timezone, paused: true, fixedTimeRule: 'no-wildcard' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw new ScheduleError('cron', `"${cron}" is not a cron expression: ${reason}`);
  }
  return { after: (at: Millis) => job.nextRun(new Date(at))?.getTime() };
}
