import { signatureOf } from '../analysis/signatures.js';
import type { LibraryClass, Members } from '../library/library-class.js';
import { LIBRARY } from '../library/library.js';
import type { Dice } from './dice.js';

/** Kind is what a random expression is meant to be; most are, some are something else. */
export type Kind =
  | 'STRING'
  | 'LONG'
  | 'DOUBLE'
  | 'BOOLEAN'
  | 'ARRAY'
  | 'MAP'
  | 'DATETIME'
  | 'DATETIME_ZONE'
  | 'DATETIME_FORMATTER'
  | 'DATETIME_PROPERTY'
  | 'DATETIME_DAYS'
  | 'UUID';

const DATE = 'new DateTime(1700000000000, DateTimeZone.UTC)';

/** Simplest expressions of each kind; names are those of VALUES and of the variables of random programs. */
const SIMPLE: Readonly<Record<Kind, readonly string[]>> = {
  STRING: [
    ...["''", "'a'", "'b c'", "'12'", "'1.5'", "'UTC'", "'America/Los_Angeles'", "'yyyy-MM-dd HH:mm'", "'2024-02-29'"],
    ...["'%s'", "'%10d|%-5s|%x'", "'(a|b)*c'", "'[a-z]+'", "'$1'", "'1 day'", '\'{"a":[1,null]}\'', "'\\u00e9\\ud83d'"],
    ...["','", 's', 's', 'texts[0]', "m.get('a')", "'20240229'", "'key' + n", "'a.b?c*d+'", 'big'],
  ],
  LONG: [
    ...[
      '0',
      '1',
      '-1',
      '2',
      '7',
      '10',
      '25000',
      '25001',
      '2147483648',
      '9223372036854775807',
      '20240229',
      '20240101',
      '64L',
    ],
    ...['(-9223372036854775807 - 1)', 'n', 'n', 'i', 'longs[1]', 'texts.length', "m['b']", '100000000'],
  ],
  DOUBLE: ['0.0', '-0.0', '1.5', '-2.25', '1e300', '1e-300', '.5', 'd', '1e999', '(0.0 / 0)', '1e18', '9.5'],
  BOOLEAN: ['true', 'false', 'b', 'n > 3', "s == 'a'", 'i < 2', 'x == null'],
  ARRAY: [
    'longs',
    'texts',
    'none',
    'new long[3]',
    "new String[]{'b', 'a'}",
    'new String[2]',
    'new double[]{1.5}',
    'z',
    'many',
  ],
  MAP: ['m', 'new Map()', 'y', "m['c']"],
  DATETIME: [
    DATE,
    DATE,
    "new DateTime('2024-02-29T23:59:59.999Z')",
    "new DateTime('2024-03-10', DateTimeZone.forID('America/Los_Angeles'))",
  ],
  DATETIME_ZONE: ['DateTimeZone.UTC', "DateTimeZone.forID('Europe/Berlin')", "DateTimeZone.forID('+05:30')"],
  DATETIME_FORMATTER: [
    "DateTimeFormat.forPattern('yyyyMMdd HH:mm')",
    "DateTimeFormat.forPattern('EEE, MMM dd YYYY ZZ')",
  ],
  DATETIME_PROPERTY: [`${DATE}.dayOfWeek()`, `${DATE}.monthOfYear()`],
  DATETIME_DAYS: [`Days.daysBetween(new DateTime(0), ${DATE})`],
  UUID: ['UUID.randomUUID()'],
};
const KINDS = Object.keys(SIMPLE) as readonly Kind[];
const COMMON: readonly Kind[] = ['STRING', 'STRING', 'LONG', 'LONG', 'DOUBLE', 'BOOLEAN', 'ARRAY', 'MAP'];
const DEEPEST = 5;

/** randomKind is any kind, mostly a common one. */
export function randomKind(dice: Dice): Kind {
  return dice.one(dice.below(3) === 0 ? KINDS : COMMON);
}

/** randomExpression writes an expression that is meant to be of a kind. */
export function randomExpression(dice: Dice, kind: Kind, depth: number): string {
  if (dice.below(25) === 0) return anything(dice, depth);
  if (depth >= DEEPEST || dice.below(3) === 0) return dice.one(SIMPLE[kind]);
  const inner = (wanted: Kind): string => randomExpression(dice, wanted, depth + 1);
  if (dice.below(3) === 0) return method(dice, inner);
  if (dice.below(8) === 0) return staticMember(dice, inner);
  if (dice.below(10) === 0) return `(${inner('BOOLEAN')} ? ${inner(kind)} : ${inner(kind)})`;
  return operation(dice, kind, inner);
}

type Inner = (wanted: Kind) => string;

function operation(dice: Dice, kind: Kind, inner: Inner): string {
  switch (kind) {
    case 'STRING':
      return dice.one([`${inner('STRING')} + ${inner(randomKind(dice))}`, `(${inner('STRING')})[${inner('LONG')}]`]);
    case 'LONG':
    case 'DOUBLE':
      return dice.one([`(${inner(kind)} ${dice.one(['+', '-', '*', '/', '%'])} ${inner(kind)})`, `- ${inner(kind)}`]);
    case 'BOOLEAN':
      return condition(dice, inner);
    case 'ARRAY':
      return dice.one([`new long[${inner('LONG')}]`, `new String[]{${inner('STRING')}, ${inner('STRING')}}`]);
    default:
      return dice.one(SIMPLE[kind]);
  }
}

function condition(dice: Dice, inner: Inner): string {
  const same = randomKind(dice);
  return dice.one([
    `(${inner('LONG')} ${dice.one(['<', '<=', '>', '>=', '=='])} ${inner('DOUBLE')})`,
    `(${inner('BOOLEAN')} ${dice.one(['&&', '||', '==', '!='])} ${inner('BOOLEAN')})`,
    `(${inner(same)} ${dice.one(['==', '!='])} ${inner(same)})`,
    `!${inner('BOOLEAN')}`,
  ]);
}

/** What makes least sense: names of nothing, wrong members, params. */
function anything(dice: Dice, depth: number): string {
  const value = depth < DEEPEST ? randomExpression(dice, randomKind(dice), depth + 1) : 'n';
  const name = dice.one(['n', 's', 'm', 'longs', 'unknown', 'length', 'constructor', '__proto__']);
  return dice.one([
    ...['null', name, `params.${name}`, `params['${name}']`, `params.get(${value})`, `(${value}).${name}`],
    ...[`(${value}).${name}()`, `(${value})[${value}]`, `(x = ${value})`, `(x += ${value})`, `new Map[${value}]`],
    ...[`new ${dice.one(['String', 'Long', 'DateTime', 'Nothing'])}(${value})`, `String.format('%s %s', ${value})`],
  ]);
}

const WITH_METHODS = LIBRARY.filter(({ methods, type }) => methods !== undefined && type !== undefined);
const WITH_STATICS: readonly LibraryClass[] = LIBRARY.filter(({ type }) => type !== 'ARRAY');

function method(dice: Dice, inner: Inner): string {
  const { type = '', methods = {} } = dice.one(WITH_METHODS);
  return `(${inner(type as Kind)}).${call(dice, type, methods, inner)}`;
}

function staticMember(dice: Dice, inner: Inner): string {
  const { names, type, fields = {}, statics = {}, constructors } = dice.one(WITH_STATICS);
  const [name] = names;
  if (Object.keys(fields).length > 0 && dice.below(3) === 0) return `${name}.${dice.one(Object.keys(fields))}`;
  if (constructors && dice.below(2) === 0) {
    return `new ${name}${call(dice, type ?? name, constructors, inner).slice('new'.length)}`;
  }
  return Object.keys(statics).length > 0 ? `${name}.${call(dice, type ?? name, statics, inner)}` : `new ${name}()`;
}

const ARGUMENTS: readonly Kind[] = ['STRING', 'STRING', 'STRING', 'LONG', 'LONG', 'LONG', 'DATETIME', 'DATETIME_ZONE'];

/** A member of the table with as many arguments as it takes; where its signature is known, mostly of the types it takes. */
function call(dice: Dice, owner: string, members: Members, inner: Inner): string {
  const [name = '', count = ''] = dice.one(Object.keys(members)).split('/');
  const otherwise = dice.one(ARGUMENTS);
  const { takes } = signatureOf(owner, name, Number(count));
  const argument = (_none: unknown, index: number): string => {
    const kind = dice.one(takes[index] ?? [otherwise]) as Kind;
    return inner(dice.below(5) === 0 ? randomKind(dice) : Object.hasOwn(SIMPLE, kind) ? kind : otherwise);
  };
  return `${name}(${Array.from({ length: count === '*' ? dice.below(4) : Number(count) }, argument).join(', ')})`;
}
