import type { Colors } from '../cli.js';
import { pad, plain } from './width.js';

const GAP = '  ';

/** tableOf lines up rows below their headings; nothing but the headings when there are no rows. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[], colors: Colors): string {
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => plain(row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join(GAP)
      .trimEnd();
  return [colors.bold(line(headings)), ...rows.map(line)].map((each) => `${each}\n`).join('');
}

/** fieldsOf lines up names and values; what is undefined or empty is left out. */
export function fieldsOf(fields: Readonly<Record<string, string | undefined>>, colors: Colors): string {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...present.map(([name]) => name.length));
  return present.map(([name, value]) => `${colors.dim(pad(name, width))}${GAP}${value}\n`).join('');
}
