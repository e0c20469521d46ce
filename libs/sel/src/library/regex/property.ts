/** Java's POSIX classes: ASCII only, as the inside of a bracket class. */
const POSIX: ReadonlyMap<string, string> = new Map([
  ['Lower', 'a-z'],
  ['Upper', 'A-Z'],
  ['ASCII', '\\x{0}-\\x{7f}'],
  ['Alpha', 'A-Za-z'],
  ['Digit', '0-9'],
  ['Alnum', '0-9A-Za-z'],
  ['Punct', '!-/:-@\\[-`{-~'],
  ['Graph', '!-~'],
  ['Print', ' -~'],
  ['Blank', ' \\t'],
  ['Cntrl', '\\x{0}-\\x{1f}\\x{7f}'],
  ['XDigit', '0-9A-Fa-f'],
  ['Space', '\\x{9}-\\x{d} '],
]);

/** propertyClass writes `\p{name}` as a bracket class of RE2 that holds it. */
export function propertyClass(name: string, negated: boolean): string {
  const posix = POSIX.get(name);
  if (posix !== undefined) return `[${negated ? '^' : ''}${posix}]`;
  return `\\${negated ? 'P' : 'p'}{${plainName(name)}}`;
}

/** propertyItems writes `\p{name}` for the inside of a bracket class; undefined when RE2 cannot say it there. */
export function propertyItems(name: string, negated: boolean): string | undefined {
  const posix = POSIX.get(name);
  if (posix === undefined) return `\\${negated ? 'P' : 'p'}{${plainName(name)}}`;
  return negated ? undefined : posix;
}

/** Java writes categories and scripts in several ways: IsLu, IsLatin, script=Latin, gc=Lu. */
function plainName(name: string): string {
  return name.replace(/^(?:Is|script=|sc=|general_category=|gc=)/, '');
}
