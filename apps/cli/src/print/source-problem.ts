import type { FieldViolation } from '@maestro/domain';
import type { Colors } from '../cli.js';

/** Source is a text that people wrote, and what they call it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** More of a line than this helps nobody find the place. */
const MAX_LINE = 160;

/**
 * problemText shows one thing that is wrong with a text as compilers do: `file:line:column path message`, the line, and a
 * caret below the place.
 */
export function problemText(source: Source, { path, message, line, column }: FieldViolation, colors: Colors): string {
  const place = [source.name, line, column].filter((part) => part !== undefined).join(':');
  const head = [colors.bold(place), path === '' ? '' : colors.cyan(path), message].filter((part) => part !== '');
  return `${head.join(' ')}\n${line === undefined ? '' : excerpt(source.text, line, column ?? 1, colors)}`;
}

function excerpt(text: string, line: number, column: number, colors: Colors): string {
  const written = text.split(/\r?\n/)[line - 1];
  if (written === undefined || column > MAX_LINE) return '';
  const margin = String(line).padStart(5);
  // A tab before the place stays a tab, so that the caret stands below it.
  const indent = written.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const bar = colors.dim('|');
  return `${colors.dim(margin)} ${bar} ${written.slice(0, MAX_LINE)}\n      ${bar} ${indent}${colors.red('^')}\n`;
}
