import type { Alerting, TargetCompletionTime } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkRange, note } from './identifiers.js';
import { timezoneProblem } from './triggers.js';

/** checkAlerting: a target completion time is given in exactly one way, and spans of time are at least a minute. */
export function checkAlerting(alerting: Alerting | undefined, path: Path, problems: Problems): void {
  for (const [type, { durationMinutes }] of Object.entries(alerting?.typeConfigs ?? {})) {
    const at = child(child(child(path, 'type_configs'), type), 'duration_minutes');
    checkRange(durationMinutes, [1, Number.MAX_SAFE_INTEGER], at, problems);
  }
  if (alerting?.tct !== undefined) checkCompletionTime(alerting.tct, path, problems);
}

function checkCompletionTime(tct: TargetCompletionTime, path: Path, problems: Problems): void {
  const at = child(path, 'tct');
  const given = [tct.completedByHour, tct.durationMinutes, tct.completedByTs].filter((each) => each !== undefined);
  if (given.length !== 1)
    problems.add(at, `needs exactly one of completed_by_hour, duration_minutes, completed_by_ts, not ${given.length}`);
  checkRange(tct.completedByHour, [0, Number.MAX_SAFE_INTEGER], child(at, 'completed_by_hour'), problems);
  checkRange(tct.durationMinutes, [1, Number.MAX_SAFE_INTEGER], child(at, 'duration_minutes'), problems);
  if (tct.tz !== undefined) note(timezoneProblem(tct.tz), child(at, 'tz'), problems);
}
