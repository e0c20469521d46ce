import type { Settings } from './setting.js';
import { nearest } from './nearest.js';

/** Flags are the flags found on a command line, by setting name, and what was wrong with the others. */
export interface Flags {
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** readFlags reads `--flag value`, `--flag=value` and switches (`--flag`). */
export function readFlags(settings: Settings, argv: readonly string[]): Flags {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const names = new Map(Object.entries(settings).map(([name, { flag }]) => [flag, name]));
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    const flag = match?.[1] ?? '';
    const name = names.get(flag);
    if (name === undefined) {
      problems.push(unknownWord(word, flag, [...names.keys()]));
      if (match !== null && rest[0] !== undefined && !rest[0].startsWith('--')) rest.shift();
      continue;
    }
    const value = match?.[2] ?? (settings[name]?.switch === true ? 'true' : rest.shift());
    if (value === undefined) problems.push(`--${flag} needs a value, for example --${flag} ${settings[name]?.example}`);
    else values.set(name, value);
  }
  return { values, problems };
}

function unknownWord(word: string, flag: string, known: readonly string[]): string {
  if (flag === '') return `"${word}" is not a flag; flags begin with --`;
  const similar = nearest(flag, known);
  return `--${flag} is not known${similar === undefined ? '; --help lists all flags' : `; did you mean --${similar}?`}`;
}
