import type { TimeTrigger } from '@maestro/domain';
import { compileSchedule } from './compile-schedule.js';
import { ScheduleError } from './schedule-error.js';

/** scheduleProblems are all that is wrong with a trigger, each with its field. */
export function scheduleProblems(trigger: TimeTrigger): readonly ScheduleError[] {
  const { startDate, endDate, fuzzyMaxDelay, blackouts = [], timezone, ...bare } = trigger;
  const zone = problemOf({ ...DAILY, ...(timezone !== undefined && { timezone }) });
  const parts: readonly TimeTrigger[] = [
    bare,
    { ...DAILY, ...(startDate !== undefined && { startDate }), ...(endDate !== undefined && { endDate }) },
    ...blackouts.map((blackout) => ({ ...DAILY, blackouts: [blackout] })),
    { ...DAILY, ...(fuzzyMaxDelay !== undefined && { fuzzyMaxDelay }) },
  ];
  return [zone, ...parts.map(problemOf)].flatMap((problem) => problem ?? []);
}

const DAILY = { type: 'PREDEFINED', expression: '@daily' } as const;

function problemOf(trigger: TimeTrigger): ScheduleError | undefined {
  try {
    compileSchedule(trigger);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error;
    throw error;
  }
}
