/** CharSet is a set of code points as ranges in ascending order. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;

/** complement is every other code point. */
export function complement(set: CharSet): CharSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

/** classItems writes a set as RE2 writes the inside of a bracket class. */
export function classItems(set: CharSet): string {
  return set.map(([from, to]) => (from === to ? point(from) : `${point(from)}-${point(to)}`)).join('');
}

/** point writes one code point as RE2 reads it everywhere. */
export function point(code: number): string {
  return `\\x{${code.toString(16)}}`;
}

/** SETS are Java's classes of one letter that RE2 does not have, or knows with other members; upper case is the complement. */
export const SETS: ReadonlyMap<string, CharSet> = withComplements([
  // \s is white space of ASCII with the vertical tab, which RE2 leaves out.
  [
    's',
    [
      [0x09, 0x0d],
      [0x20, 0x20],
    ],
  ],
  // \v is vertical white space, where RE2 has the vertical tab alone.
  [
    'v',
    [
      [0x0a, 0x0d],
      [0x85, 0x85],
      [0x2028, 0x2029],
    ],
  ],
  // \h is horizontal white space.
  [
    'h',
    [
      [0x09, 0x09],
      [0x20, 0x20],
      [0xa0, 0xa0],
      [0x1680, 0x1680],
      [0x180e, 0x180e],
      [0x2000, 0x200a],
      [0x202f, 0x202f],
      [0x205f, 0x205f],
      [0x3000, 0x3000],
    ],
  ],
]);

/** LINE_ENDS are what Java's dot does not match; RE2's stops at line feeds only. */
export const LINE_ENDS: CharSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

function withComplements(sets: readonly (readonly [string, CharSet])[]): ReadonlyMap<string, CharSet> {
  return new Map(sets.flatMap(([name, set]) => [[name, set] as const, [name.toUpperCase(), complement(set)] as const]));
}
