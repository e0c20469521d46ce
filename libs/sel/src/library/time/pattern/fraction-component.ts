import { floorMod, SECOND } from '../civil.js';
import { FIELDS } from '../field.js';
import { RANKS } from '../parsed-fields.js';
import type { Component } from './component.js';
import { numberEnd } from './number-component.js';

const MILLI_DIGITS = 3;

/** fractionOfSecond prints `count` digits of the fraction, and reads at most as many; digits beyond milliseconds are dropped. */
export function fractionOfSecond(count: number): Component {
  return {
    width: count,
    print: ({ local }) => milliText(floorMod(local, SECOND)).padEnd(count, '0').slice(0, count),
    parse: (text, position, into) => {
      const end = numberEnd(text, position, { least: 1, most: count, signed: false });
      if (end === undefined) return undefined;
      const millis = text.slice(position, Math.min(end, position + MILLI_DIGITS)).padEnd(MILLI_DIGITS, '0');
      into.save({ field: FIELDS.millisOfSecond, rank: RANKS.partOfSecond }, Number(millis));
      return end;
    },
  };
}

function milliText(millis: number): string {
  return String(millis).padStart(MILLI_DIGITS, '0');
}
