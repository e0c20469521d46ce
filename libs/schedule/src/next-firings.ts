import type { Millis } from '@maestro/domain';
import type { Recurrence } from './recurrence.js';

/** nextFirings are the next nominal times strictly after an instant, at most `count`. */
export function nextFirings(schedule: Recurrence, after: Millis, count: number): readonly Millis[] {
  const times: Millis[] = [];
  for (let at = schedule.after(after); at !== undefined && times.length < count; at = schedule.after(at))
    times.push(at);
  return times;
}
