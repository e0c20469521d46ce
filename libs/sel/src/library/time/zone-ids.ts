import { LRUCache } from 'lru-cache';
import { IANAZone } from 'luxon';
import { IntlZone } from './iana-zone.js';
import { scanOffset } from './offset-text.js';
import { TimeProblem } from './time-problem.js';
import { fixedZone, UTC, type Zone } from './zone.js';

/** ZONE_LOOKUP_COST is the fuel of finding a zone by its id: asking Intl for one it does not know takes about 30 µs. */
export const ZONE_LOOKUP_COST = 100;
const MAX_ID_LENGTH = 64;

const zones = new LRUCache<string, Zone | 'unknown'>({ max: 1_000 });

/**
 * zoneOf finds a zone: every id of the IANA database that Intl knows, `UTC`, `UT`, `GMT`, `Z`, offsets such as `+05:30`, and
 * `UTC+1`, `GMT-02:00` as Joda reads them. TimeProblem for anything else.
 */
export function zoneOf(id: string): Zone {
  const zone = findZone(id);
  if (zone) return zone;
  throw new TimeProblem(
    `the time zone id '${id.slice(0, MAX_ID_LENGTH)}' is not recognised: give one such as 'America/Los_Angeles', 'UTC' or '+01:00'`,
  );
}

/** findZone is `zoneOf` that answers undefined for an unknown id. */
export function findZone(id: string): Zone | undefined {
  if (id === '' || id.length > MAX_ID_LENGTH) return undefined;
  const known = zones.get(id) ?? newZone(id) ?? 'unknown';
  zones.set(id, known);
  return known === 'unknown' ? undefined : known;
}

function newZone(id: string): Zone | undefined {
  if (['UTC', 'UT', 'GMT', 'Z'].includes(id)) return UTC;
  return offsetZone(id.replace(/^(UTC|UT|GMT)(?=[+-])/, '')) ?? namedZone(id);
}

function offsetZone(text: string): Zone | undefined {
  const padded = text.replace(/^([+-])(?=\d(:|$))/, '$10');
  const found = scanOffset(padded, 0);
  return found?.end === padded.length ? fixedZone(found.offset) : undefined;
}

/** luxon keeps what it made for ever, by name: lower case keeps that to one for each zone. */
function namedZone(id: string): Zone | undefined {
  const lower = id.toLowerCase();
  const name = nameOf(lower);
  if (name === undefined) return undefined;
  return new IntlZone(name.toLowerCase() === lower ? name : id, new IANAZone(lower));
}

/** The name that Intl has for a zone: another one for an alias, and undefined for what is no zone. */
function nameOf(id: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: id }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
