import type { Millis, TimeTrigger } from '@maestro/domain';
import { compileSchedule, nextFirings, ScheduleError } from '@maestro/schedule';

const COUNT = 5;

/** nextExecutionTimes are the next nominal times of all time triggers together; a trigger stored before it was refused has none. */
export function nextExecutionTimes(triggers: readonly TimeTrigger[], now: Millis): readonly Millis[] {
  const times = new Set(triggers.flatMap((trigger) => firingsOf(trigger, now)));
  return [...times].sort((left, right) => left - right).slice(0, COUNT);
}

function firingsOf(trigger: TimeTrigger, now: Millis): readonly Millis[] {
  try {
    return nextFirings(compileSchedule(trigger), now, COUNT);
  } catch (error) {
    if (error instanceof ScheduleError) return [];
    throw error;
  }
}
