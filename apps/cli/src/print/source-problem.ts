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
export function problemText(source: Source, violation: FieldViolation, colors: Colors): string {
  const { path, message, line, column } = violation;
  const place = [source.name, line, column].filter((part) => part !== undefined).join(':');
  const head = [colors.bold(place), path === '' ? '' : colors.cyan(path), message].filter((part) => part !== '');
  return `${head.join(' ')}\n${shown(source, violation, colors)}`;
}

/** The line of the text; where the expression at fault is written in another form than it has, that too. */
function shown({ text }: Source, { line, column, excerpt: inside }: FieldViolation, colors: Colors): string {
  const ofText = line === undefined ? '' : excerpt(text, line, column ?? 1, colors);
  const [expression = '', caret = ''] = inside?.split('\n') ?? [];
  if (inside === undefined || ofText.includes(expression)) return ofText;
  const bar = colors.dim('|');
  return `${ofText}      ${bar} ${expression}\n      ${bar} ${colors.red(caret)}\n`;
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
