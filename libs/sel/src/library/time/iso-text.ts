import { civilOf, dayNumberOf, DAY, floorMod, HOUR, MINUTE, SECOND } from './civil.js';
import { offsetText } from './offset-text.js';

/** isoText writes local milliseconds and an offset as `2021-01-31T23:59:59.999-08:00`, UTC as `Z` (Joda's `toString`). */
export function isoText(local: number, offset: number): string {
  return `${isoLocalText(local)}${offset === 0 ? 'Z' : offsetText(offset, ':')}`;
}

/** isoLocalText is `isoText` without an offset. */
export function isoLocalText(local: number): string {
  const { year, month, day } = civilOf(dayNumberOf(local));
  const time = floorMod(local, DAY);
  const clock = [time / HOUR, (time % HOUR) / MINUTE, (time % MINUTE) / SECOND].map((part) =>
    digits(Math.floor(part), 2),
  );
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${clock.join(':')}.${digits(time % SECOND, 3)}`;
}

/** digits writes a whole number with leading zeros. */
export function digits(value: number, least: number): string {
  const text = String(Math.abs(value)).padStart(least, '0');
  return value < 0 ? `-${text}` : text;
}
