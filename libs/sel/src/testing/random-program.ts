import type { Dice } from './dice.js';
import { randomExpression, randomKind, type Kind } from './random-expression.js';

/** VALUES are the names a random program finds in its scope. */
export const VALUES = {
  n: 5n,
  d: 2.5,
  s: 'some text',
  b: true,
  longs: [1n, 2n, 3n],
  texts: ['a', 'b'],
  none: [],
  big: 'long text, '.repeat(2_000),
  many: Array.from({ length: 5_000 }, (_, index) => BigInt(index)),
  m: new Map<string, string | bigint | ReadonlyMap<string, bigint>>([
    ['a', 'x'],
    ['b', 1n],
    ['c', new Map([['z', 1n]])],
  ]),
} as const;

const DECLARED: readonly (readonly [string, Kind])[] = [
  ['int', 'LONG'],
  ['long', 'LONG'],
  ['double', 'DOUBLE'],
  ['boolean', 'BOOLEAN'],
  ['String', 'STRING'],
  ['Map', 'MAP'],
  ['String[]', 'ARRAY'],
  ['DateTime', 'DATETIME'],
  ['Nothing', 'LONG'],
];
const NAMES = ['n', 'd', 's', 'b', 'x', 'y', 'z', 'i'];
const DEEPEST = 3;

/** randomProgram writes a program of the whole grammar; most of what it says makes sense, some does not. */
export function randomProgram(dice: Dice): string {
  return Array.from({ length: 1 + dice.below(4) }, () => randomStatement(dice, { depth: 0, inLoop: false })).join(' ');
}

interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
}

function randomStatement(dice: Dice, { depth, inLoop }: Place): string {
  const value = (kind = randomKind(dice)): string => randomExpression(dice, kind, depth);
  if (depth >= DEEPEST || dice.below(3) === 0) return `${value()};`;
  const inner = (loops = inLoop): string => randomStatement(dice, { depth: depth + 1, inLoop: loops });
  switch (dice.below(8)) {
    case 0:
      return `if (${value('BOOLEAN')}) ${inner()}${dice.below(2) === 0 ? ` else ${inner()}` : ''}`;
    case 1:
      return loop(dice, value, () => inner(true));
    case 2:
      return `{ ${inner()} ${inner()} }`;
    case 3:
      return declaration(dice, value);
    case 4:
      return dice.one([...(inLoop ? ['break;', 'continue;'] : []), `return ${value()};`, `throw ${value('STRING')};`]);
    default:
      return assignment(dice, value);
  }
}

function loop(dice: Dice, value: (kind: Kind) => string, inner: () => string): string {
  const rounds = dice.one(['3', 'n', '100', '1000000']);
  return dice.one([
    `for (${dice.one(['', 'int ', 'long '])}i = 0; i < ${rounds}; i += 1) { ${inner()} ${inner()} }`,
    `while (${value('BOOLEAN')}) ${inner()}`,
  ]);
}

function declaration(dice: Dice, value: (kind: Kind) => string): string {
  const [type, kind] = dice.one(DECLARED);
  return `${type} ${dice.one(NAMES)}${dice.below(4) === 0 ? '' : ` = ${value(kind)}`};`;
}

function assignment(dice: Dice, value: (kind?: Kind) => string): string {
  return dice.one([
    `${dice.one(NAMES)} = ${value()};`,
    `s += ${value('STRING')};`,
    `n ${dice.one(['+=', '-=', '*=', '/=', '%='])} ${value('LONG')};`,
    `m[${value('STRING')}] = ${value()};`,
    `m.put(${value('STRING')}, ${dice.one([...NAMES, 'm'])});`,
    `longs[${value('LONG')}] ${dice.one(['=', '+='])} ${value('LONG')};`,
  ]);
}
