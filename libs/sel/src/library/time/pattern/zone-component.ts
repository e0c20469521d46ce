import type { Moment } from '../moment.js';
import { offsetText, scanOffset } from '../offset-text.js';
import { TimeProblem } from '../time-problem.js';
import { findZone, ZONE_LOOKUP_COST, zoneOf } from '../zone-ids.js';
import type { Component } from './component.js';

/** The longest name or id that a zone has. */
const NAME_WIDTH = 64;
/** An id may end where no small letter follows; so many of these places are tried, the longest id first. */
const ID_TRIES = 12;
const ID_COST = ZONE_LOOKUP_COST * ID_TRIES;
/** Intl is asked up to a dozen times, about 50 µs each. */
const NAME_COST = 1_000;
const ZONE_ID = /[A-Za-z0-9_+:/-]{1,64}/y;

/** The abbreviations that Joda reads, which are those of the United States. */
const ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['UTC', 'UTC'],
  ['GMT', 'UTC'],
  ['UT', 'UTC'],
  ['EST', 'America/New_York'],
  ['EDT', 'America/New_York'],
  ['CST', 'America/Chicago'],
  ['CDT', 'America/Chicago'],
  ['MST', 'America/Denver'],
  ['MDT', 'America/Denver'],
  ['PST', 'America/Los_Angeles'],
  ['PDT', 'America/Los_Angeles'],
];

/** offsetComponent is `Z` (`+0100`) and `ZZ` (`+01:00`); it reads both, and `Z` for UTC. */
export function offsetComponent(separator: '' | ':'): Component {
  const length = `+00${separator}00`.length;
  return {
    width: length,
    print: ({ offset }) => offsetText(offset, separator).slice(0, length),
    parse: (text, position, into) => {
      const zulu = text.charAt(position).toUpperCase() === 'Z';
      const found = zulu ? { offset: 0, end: position + 1 } : scanOffset(text, position);
      if (found) into.setOffset(found.offset);
      return found?.end;
    },
  };
}

/** zoneIdComponent is `ZZZ`: an id such as `Europe/Berlin`; the longest one that the text holds is read. */
export function zoneIdComponent(): Component {
  return {
    width: NAME_WIDTH,
    parseCost: ID_COST,
    print: ({ zone }) => zone.id,
    parse: (text, position, into) => {
      for (const id of idsAt(text, position)) {
        const zone = findZone(id);
        if (zone) {
          into.setZone(zone);
          return position + id.length;
        }
      }
      return undefined;
    },
  };
}

function idsAt(text: string, position: number): string[] {
  ZONE_ID.lastIndex = position;
  const run = ZONE_ID.exec(text)?.[0] ?? '';
  const ends = Array.from({ length: run.length }, (_, index) => run.length - index);
  return ends
    .filter((end) => !/[a-z]/.test(run.charAt(end)))
    .slice(0, ID_TRIES)
    .map((end) => run.slice(0, end));
}

/** zoneNameComponent is `z` (`PST`) and `zzzz` (`Pacific Standard Time`); only the abbreviations of Joda's list can be read. */
export function zoneNameComponent(style: 'short' | 'long'): Component {
  return {
    width: NAME_WIDTH,
    printCost: NAME_COST,
    print: (moment) => nameOf(moment, style),
    parse: (text, position, into) => {
      if (style === 'long') throw new TimeProblem('a full time zone name (zzzz) can be printed but not read');
      const found = ABBREVIATIONS.find(([name]) => text.startsWith(name, position));
      if (!found) return undefined;
      into.setZone(zoneOf(found[1]));
      return position + found[0].length;
    },
  };
}

function nameOf({ zone, ms, offset }: Moment, style: 'short' | 'long'): string {
  return zone.nameAt(ms, style) ?? offsetText(offset, ':');
}
