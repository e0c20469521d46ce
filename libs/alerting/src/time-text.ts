import type { Millis } from '@maestro/domain';
import { DateTime, Duration } from 'luxon';

/** timeText is an instant as people read it, to the second, in UTC. */
export function timeText(time: Millis): string {
  return DateTime.fromMillis(time, { zone: 'utc' }).toFormat("yyyy-MM-dd HH:mm:ss 'UTC'");
}

/** durationText is a span of time in its two largest units: `2 h 5 min`. */
export function durationText(span: Millis): string {
  const seconds = Math.max(0, Math.round(span / 1_000));
  const {
    days,
    hours,
    minutes,
    seconds: rest,
  } = Duration.fromObject({ seconds }).shiftTo('days', 'hours', 'minutes', 'seconds').toObject();
  const parts = [named(days, 'd'), named(hours, 'h'), named(minutes, 'min'), named(rest, 's')].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ');
}

function named(count: number | undefined, unit: string): string {
  return count === undefined || count === 0 ? '' : `${count} ${unit}`;
}
