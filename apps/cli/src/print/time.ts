const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** durationText is a length of time as people say it: `340ms`, `4.2s`, `3m 05s`, `2h 10m`, `5d 3h`. */
export function durationText(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))}ms`;
  // 59.96 s would be rounded to "60.0s".
  if (ms < MINUTE - 50) return `${(ms / SECOND).toFixed(1)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m ${two((ms % MINUTE) / SECOND)}s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h ${two((ms % HOUR) / MINUTE)}m`;
  return `${Math.floor(ms / DAY)}d ${Math.floor((ms % DAY) / HOUR)}h`;
}

/** agoText is how long an instant is past; empty for an unknown one. */
export function agoText(instant: bigint | undefined, now: number): string {
  if (instant === undefined || instant === 0n) return '';
  const past = now - Number(instant);
  if (past < 0) return `in ${coarse(-past)}`;
  return past < SECOND ? 'just now' : `${coarse(past)} ago`;
}

/** instantText is an instant with its age: `2026-05-01T12:00:00.000Z (3m ago)`. */
export function instantText(instant: bigint | undefined, now: number): string | undefined {
  if (instant === undefined || instant === 0n) return undefined;
  return `${new Date(Number(instant)).toISOString()} (${agoText(instant, now)})`;
}

/** spanText is how long something took or has taken until now; empty when it has not begun. */
export function spanText(start: bigint | undefined, end: bigint | undefined, now: number): string {
  if (start === undefined || start === 0n) return '';
  return durationText((end === undefined || end === 0n ? now : Number(end)) - Number(start));
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

function coarse(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}
