/** PatternPart is a run of one letter, or literal text with its quotes taken off. */
export type PatternPart =
  | { readonly kind: 'letters'; readonly letter: string; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string };

const LETTERS = /([A-Za-z])\1*/y;
/** Quoted text may end without a quote and, like everything else that is no letter, joins what stands beside it. */
const LITERAL = /(?:'[^']*(?:'|$)|[^A-Za-z'])+/y;

/** splitPattern takes a pattern apart as Joda's DateTimeFormat does: `''` is a quote, inside of quotes and outside. */
export function splitPattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  for (let position = 0; position < pattern.length;) {
    const run = matchAt(LETTERS, pattern, position) ?? matchAt(LITERAL, pattern, position) ?? pattern.slice(position);
    parts.push(partOf(run));
    position += run.length;
  }
  return parts;
}

function matchAt(expression: RegExp, text: string, position: number): string | undefined {
  expression.lastIndex = position;
  return expression.exec(text)?.[0];
}

function partOf(run: string): PatternPart {
  const letter = run.charAt(0);
  if (/[A-Za-z]/.test(letter)) return { kind: 'letters', letter, count: run.length };
  return { kind: 'literal', text: run.replace(/''|'/g, (quote) => (quote === "''" ? "'" : '')) };
}
