import type { Colors } from '../cli.js';
import { diffLines, type DiffLine } from './lines.js';

/** Lines shown around a change. */
const CONTEXT = 3;

/** Comparison is a diff that people can read, and how much it changes. */
export interface Comparison {
  /** Empty when the texts are the same. */
  readonly text: string;
  readonly added: number;
  readonly removed: number;
}

/** compareTexts writes what changed, with the lines around it; left-out lines are counted. */
export function compareTexts(before: string, after: string, colors: Colors): Comparison {
  const lines = diffLines(before.split('\n'), after.split('\n'));
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return { text: shown(lines, colors), added: count('+'), removed: count('-') };
}

function shown(lines: readonly DiffLine[], colors: Colors): string {
  const changed = lines.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  if (changed.length === 0) return '';
  const near = new Set(changed.flatMap((index) => span(index - CONTEXT, index + CONTEXT)));
  let text = '';
  let skipped = 0;
  for (const [index, line] of lines.entries()) {
    if (!near.has(index)) {
      skipped += 1;
      continue;
    }
    text += left(skipped, colors) + painted(line, colors);
    skipped = 0;
  }
  return text + left(skipped, colors);
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function left(count: number, colors: Colors): string {
  return count === 0 ? '' : colors.dim(`  … ${count} unchanged ${count === 1 ? 'line' : 'lines'}\n`);
}

function painted({ kind, text }: DiffLine, colors: Colors): string {
  const line = `${kind} ${text}`.trimEnd();
  if (kind === ' ') return `${line}\n`;
  return `${kind === '+' ? colors.green(line) : colors.red(line)}\n`;
}
