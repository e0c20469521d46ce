import { SelObject } from '../../runtime/value.js';
import { DAY } from './civil.js';
import { offsetText } from './offset-text.js';
import { TimeProblem } from './time-problem.js';

/** Zone is a time zone, a DATETIME_ZONE. Offsets are milliseconds east of UTC. */
export abstract class Zone extends SelObject {
  readonly type = 'DATETIME_ZONE';

  /** As `forID` takes it and `ZZZ` prints it. */
  abstract readonly id: string;
  /** Fuel that one call of `offsetAt` is worth. */
  abstract readonly lookupCost: number;
  /** The offset that is in force at an instant, milliseconds from 1970 UTC. */
  abstract offsetAt(ms: number): number;
  /** Abbreviation or full English name at an instant; undefined when nobody has given it one. */
  abstract nameAt(ms: number, style: 'short' | 'long'): string | undefined;

  text(): string {
    return this.id;
  }
}

/** FixedZone has one offset for ever, less than a day. */
export class FixedZone extends Zone {
  readonly lookupCost = 0;

  constructor(
    readonly id: string,
    private readonly offset: number,
    private readonly longName?: string,
  ) {
    super();
  }

  offsetAt(): number {
    return this.offset;
  }

  nameAt(_ms: number, style: 'short' | 'long'): string | undefined {
    return style === 'long' && this.longName !== undefined ? this.longName : this.id;
  }
}

/** UTC is the zone of every date that names none. */
export const UTC: Zone = new FixedZone('UTC', 0, 'Coordinated Universal Time');

/** fixedZone is the zone of an offset; its id is the offset. */
export function fixedZone(offset: number): Zone {
  return offset === 0 ? UTC : new FixedZone(offsetText(offset, ':'), offset);
}

/**
 * instantOf finds the instant at which a clock in the zone shows the local milliseconds. Where it shows them twice, the
 * first time; where it never does (a gap), the instant that lies as far behind the gap as they lie in it (Joda's
 * `getOffsetFromLocal`).
 */
export function instantOf(local: number, zone: Zone): number {
  return local - offsetBefore(local, zone);
}

/** strictInstantOf is `instantOf` that refuses local milliseconds in a gap, with a TimeProblem. */
export function strictInstantOf(local: number, zone: Zone, shown: (local: number) => string): number {
  const instant = instantOf(local, zone);
  if (instant + zone.offsetAt(instant) === local) return instant;
  throw new TimeProblem(
    `there is no ${shown(local)} in ${zone.id}: the clock is put forward over it (a daylight saving gap)`,
  );
}

/** instantNear is `instantOf` that stays with an offset where it is possible, so that the second of two equal hours stays it. */
export function instantNear(local: number, zone: Zone, offset: number): number {
  const kept = local - offset;
  return zone.offsetAt(kept) === offset ? kept : instantOf(local, zone);
}

/** No zone has ever changed its offset twice within three days: what is in force a day before and a day after are the only candidates. */
function offsetBefore(local: number, zone: Zone): number {
  const [before, after] = [zone.offsetAt(local - DAY), zone.offsetAt(local + DAY)];
  if (before === after || zone.offsetAt(local - before) === before) return before;
  return zone.offsetAt(local - after) === after ? after : before;
}

/** changeWithin finds the first instant in (from, to] at which the offset is another than at `from`, to the millisecond. */
export function changeWithin(zone: Zone, from: number, to: number): number | undefined {
  const offset = zone.offsetAt(from);
  if (zone.offsetAt(to) === offset) return undefined;
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (zone.offsetAt(middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}
