import { civilOf, dayNumberOf } from '../civil.js';
import { digits } from '../iso-text.js';
import type { RankedField } from '../parsed-fields.js';
import type { Component } from './component.js';
import { numberEnd, numberIn } from './number-component.js';

/** Two digits mean a year from 80 years ago to 19 years ahead: the range of SimpleDateFormat, which Joda keeps. */
const PIVOT_YEARS_AGO = 30;
const HALF_CENTURY = 50;

/**
 * twoDigitYear prints the last two digits of a year, and reads two digits as the year nearest to 30 years ago. When no
 * other number follows it (`lenient`), it reads any other number of digits as the year itself.
 */
export function twoDigitYear(printed: RankedField, saved: RankedField, lenient: boolean): Component {
  return {
    width: 2,
    print: ({ local }) => digits(Math.abs(printed.field.get(local)) % 100, 2),
    parse: (text, position, into, nowMs) => {
      const end = numberEnd(text, position, { least: 2, most: lenient ? Infinity : 2, signed: lenient });
      if (end === undefined) return undefined;
      const found = text.slice(position, end);
      const pair = /^\d\d$/.test(found);
      if (!pair && !lenient) return undefined;
      into.save(saved, pair ? nearPivot(Number(found), nowMs) : numberIn(found));
      return end;
    },
  };
}

function nearPivot(year: number, nowMs: number): number {
  const low = civilOf(dayNumberOf(nowMs)).year - PIVOT_YEARS_AGO - HALF_CENTURY;
  return low + ((((year - low) % 100) + 100) % 100);
}
