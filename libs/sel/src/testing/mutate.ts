import type { Dice } from './dice.js';

const EXTREMES = ['0', '-1', '9223372036854775807', '1e308', "''", 'null', 'new Map()', '1000000000'] as const;
const SNIPPETS = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ';',
    ',',
    '.',
    '?',
    ':',
    '=',
    '+=',
    '&&',
    '!',
    '-',
    'new ',
    'return ',
    'while(true)',
  ],
  ...['if(true)', 'x=', 'params', 'String', '\\u0041', '/*', '//', '"', "'", '\\', '\u0000', '\ud800', '1e', '0x', ' '],
];
const TOKEN = /\s+|[A-Za-z_]+|\d+(?:\.\d+)?|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|./gsu;

/** mutate changes a known text in a few places: tokens go, come twice, change places, turn extreme or into pieces of another text. */
export function mutate(dice: Dice, text: string, other: string): string {
  const tokens = text.match(TOKEN) ?? [];
  const foreign = other.match(TOKEN) ?? [''];
  for (let round = dice.below(4); round >= 0; round -= 1) change(dice, tokens, foreign);
  return tokens.join('');
}

function change(dice: Dice, tokens: string[], foreign: readonly string[]): void {
  const at = dice.below(tokens.length + 1);
  switch (dice.below(6)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, tokens[at] ?? '');
      break;
    case 2:
      tokens.splice(at, 0, dice.one(SNIPPETS));
      break;
    case 3:
      tokens.splice(at, 1, dice.one(EXTREMES));
      break;
    case 4:
      tokens.splice(at, 0, ...tokens.splice(dice.below(tokens.length + 1), 1 + dice.below(3)));
      break;
    default: {
      const from = dice.below(foreign.length);
      tokens.splice(at, 0, ...foreign.slice(from, from + 1 + dice.below(6)));
    }
  }
}
