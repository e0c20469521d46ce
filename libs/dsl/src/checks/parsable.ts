import { MAX_RETRIES, MAX_RETRY_WAIT_SECS, MAX_TIMEOUT_SECS, type ParsableLong } from '@maestro/domain';
import { parseDuration } from '@maestro/params';
import type { Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';

/** References to workflow params are filled in when the run starts; what they yield is checked then. */
const isInterpolated = (text: string): boolean => /\$\{?[a-zA-Z]/.test(text);

function milliseconds(value: ParsableLong): bigint | 'later' | undefined {
  if (typeof value === 'bigint') return value * 1_000n;
  return isInterpolated(value) ? 'later' : parseDuration(value);
}

/** checkDuration notes text that is no duration, and durations outside [least, most] seconds. */
export function checkDuration(
  value: ParsableLong | undefined,
  [least, most]: readonly [bigint, number],
  path: Path,
  problems: Problems,
): void {
  if (value === undefined) return;
  const millis = milliseconds(value);
  if (millis === 'later') return;
  if (millis === undefined)
    problems.add(path, `${JSON.stringify(value)} is not a duration such as "90", "10 minutes" or "2h 30min"`);
  else if (millis < least)
    problems.add(path, least > 1n ? `must be at least ${least / 1_000n} s` : 'must be longer than 0');
  else if (millis > BigInt(most) * 1_000n) problems.add(path, `must be at most ${most} s (${most / 3600} h)`);
}

/** checkTimeout: more than 0, at most 120 days. */
export function checkTimeout(value: ParsableLong | undefined, path: Path, problems: Problems): void {
  checkDuration(value, [1n, MAX_TIMEOUT_SECS], path, problems);
}

/** checkWait: a wait before a retry, at most a day. */
export function checkWait(value: ParsableLong | undefined, path: Path, problems: Problems): void {
  checkDuration(value, [0n, MAX_RETRY_WAIT_SECS], path, problems);
}

/** checkCount: a whole number, as such or as text, at most `most` where that is given. */
export function checkCount(value: ParsableLong | undefined, path: Path, problems: Problems, most?: number): void {
  if (value === undefined || (typeof value === 'string' && isInterpolated(value))) return;
  if (typeof value === 'string' && !/^\s*\d{1,18}\s*$/.test(value))
    problems.add(path, `${JSON.stringify(value)} is not a whole number`);
  else if (most !== undefined && BigInt(value) > BigInt(most))
    problems.add(path, `is ${value}; at most ${most} is allowed`);
}

/** checkRetries: how often a step may be tried again. */
export function checkRetries(value: ParsableLong | undefined, path: Path, problems: Problems): void {
  checkCount(value, path, problems, MAX_RETRIES);
}
