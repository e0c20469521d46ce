export type { Withheld } from './calendar.js';
export { compileSchedule, type Schedule } from './compile-schedule.js';
export { nextFirings } from './next-firings.js';
export { MISSED_MS, planFirings, type CatchUp, type FiringPlan, type FiringRequest } from './plan-firings.js';
export type { Recurrence } from './recurrence.js';
export { scheduleProblems } from './schedule-problems.js';
export { ScheduleError } from './schedule-error.js';
export { jitterOf, triggerTexts } from './trigger-identity.js';
