import type { TextPosition } from '@maestro/domain';
import { Scalar, isScalar } from 'yaml';
import { placeAt, type Place } from './place.js';

/** One character of a quoted text as it is written: an escape or itself. */
const WRITTEN = /\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[^]|''|[^]/y;

/**
 * placeInScalar is where in a document a position inside of a text value is written; undefined when the text is folded or
 * otherwise not written as it is.
 */
export function placeInScalar(document: string, node: unknown, within: TextPosition): Place | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined;
  const [start, end] = node.range;
  switch (node.type) {
    case Scalar.BLOCK_LITERAL:
      return inBlock(document, start, within);
    case Scalar.QUOTE_DOUBLE:
    case Scalar.QUOTE_SINGLE:
      return inQuotes(document, [start, end], { text: node.value, within, single: node.type === Scalar.QUOTE_SINGLE });
    case Scalar.PLAIN:
      return document.slice(start, end) === node.value ? inPlain(document, start, within) : undefined;
    default:
      return undefined;
  }
}

function inPlain(document: string, start: number, { line, column }: TextPosition): Place | undefined {
  return line === 1 ? placeAt(document, start + column - 1) : undefined;
}

/** The text begins in the line after `|` and is indented by what its first line begins with. */
function inBlock(document: string, start: number, { line, column }: TextPosition): Place | undefined {
  const lines = document.slice(start).split('\n').slice(1);
  const indent = lines.find((each) => each.trim() !== '')?.search(/\S/) ?? 0;
  if (line > lines.length) return undefined;
  return { line: placeAt(document, start).line + line, column: indent + column };
}

interface Quoted {
  readonly text: string;
  readonly within: TextPosition;
  readonly single: boolean;
}

function inQuotes(document: string, [start, end]: readonly [number, number], quoted: Quoted): Place | undefined {
  const written = document.slice(start + 1, end - 1);
  if (written.includes('\n')) return undefined;
  const lines = quoted.text.split('\n').slice(0, quoted.within.line - 1);
  const wanted = lines.reduce((sum, line) => sum + line.length + 1, 0) + quoted.within.column - 1;
  const pattern = new RegExp(quoted.single ? /''|[^]/y : WRITTEN);
  for (let count = 0; count < wanted && pattern.exec(written) !== null; count += 1);
  return placeAt(document, start + 1 + pattern.lastIndex);
}
