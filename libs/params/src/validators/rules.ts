import type { ParamType, ParamValue } from '@maestro/domain';
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { paramValueToText } from '../param-text.js';
import { RuleProblem, type Argument, type Rule } from './rule.js';

/** RuleCall is a rule as it stands in a text, not yet understood. */
export interface RuleCall {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly text: string;
  readonly offset: number;
}

type Check = Pick<Rule, 'accepts' | 'problem'> & Partial<Pick<Rule, 'cost'>>;

const any = (): boolean => true;
const isNumeric = (type: ParamType): boolean => type.startsWith('LONG') || type.startsWith('DOUBLE');
const isTextual = (type: ParamType): boolean => type === 'STRING' || type === 'STRING_ARRAY';
const isSized = (type: ParamType): boolean => type === 'STRING' || type.endsWith('MAP') || type.endsWith('_ARRAY');
const isListable = (type: ParamType): boolean => !type.endsWith('MAP');

/** RULES makes the checks of rules by name (docs/params.md). Arrays: each element has to pass, but for their size. */
const RULES: ReadonlyMap<string, (call: RuleCall) => Check> = new Map<string, (call: RuleCall) => Check>([
  ['NotNull', (call) => (arity(call, 0), { accepts: any, problem: () => undefined })],
  ['NotEmpty', (call) => (arity(call, 0), { accepts: isSized, problem: notEmpty })],
  ['Positive', (call) => (arity(call, 0), numeric((value) => value > 0, 'greater than 0'))],
  ['Min', (call) => bound(call, (value, limit) => value >= limit, 'at least')],
  ['Max', (call) => bound(call, (value, limit) => value <= limit, 'at most')],
  ['Size', size],
  ['Pattern', pattern],
  ['OneOf', oneOf],
  ['Maestro.enumCheck', oneOf],
]);

/** makeRule understands a rule; throws RuleProblem when there is none of its name or its arguments are wrong. */
export function makeRule(call: RuleCall): Rule {
  const make = RULES.get(call.name);
  if (make) return { text: call.text, offset: call.offset, cost: itemsCost, ...make(call) };
  const known = [...RULES.keys()].filter((name) => !name.includes('.')).map((name) => `@${name}`);
  throw new RuleProblem(`there is no rule @${call.name}: known are ${known.join(', ')} and @Sel`, call.offset);
}

const ITEMS_PER_UNIT = 16;

function itemsCost(value: ParamValue): number {
  return typeof value === 'object' ? sizeOf(value) / ITEMS_PER_UNIT : 1;
}

function arity({ args, text, offset }: RuleCall, count: number): void {
  if (args.length === count) return;
  throw new RuleProblem(`${text} has to have ${count} argument(s), not ${args.length}`, offset);
}

function notEmpty(value: ParamValue): string | undefined {
  return sizeOf(value) > 0 ? undefined : 'may not be empty';
}

/** Characters, elements or entries. */
function sizeOf(value: ParamValue): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' ? Object.keys(value).length : 1;
}

type Numeric = bigint | number;

function bound(call: RuleCall, holds: (value: Numeric, limit: Numeric) => boolean, word: string): Check {
  arity(call, 1);
  const limit = numberOf(call, call.args[0]);
  return numeric((value) => holds(value, limit), `${word} ${limit}`);
}

function numberOf({ text, offset }: RuleCall, arg: Argument | undefined): Numeric {
  const literal = arg?.literal ?? '';
  if (/^-?\d{1,40}$/.test(literal)) return BigInt(literal);
  const number = Number(literal);
  if (literal !== '' && Number.isFinite(number)) return number;
  throw new RuleProblem(`${text}: ${JSON.stringify(literal)} is no number`, offset);
}

function numeric(holds: (value: Numeric) => boolean, wanted: string): Check {
  const passes = (item: ParamValue): boolean => isNumber(item) && holds(item);
  return { accepts: isNumeric, problem: (value) => firstFailing(value, passes, `has to be ${wanted}`) };
}

function isNumber(value: ParamValue): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number';
}

const SHOWN_CHARS = 40;

function firstFailing(value: ParamValue, passes: (item: ParamValue) => boolean, wanted: string): string | undefined {
  const items: readonly ParamValue[] = Array.isArray(value) ? (value as readonly ParamValue[]) : [value];
  const at = items.findIndex((item) => !passes(item));
  const failing = items[at];
  if (failing === undefined) return undefined;
  const shown = JSON.stringify(paramValueToText(failing).slice(0, SHOWN_CHARS));
  const which = Array.isArray(value) ? ` at index ${at}` : '';
  return `${wanted}, but${which} is ${typeof failing === 'string' ? shown : shown.slice(1, -1)}`;
}

function size(call: RuleCall): Check {
  const limits = new Map(call.args.map((arg) => [arg.name ?? '', numberOf(call, arg)]));
  const [min = 0n, max] = [limits.get('min'), limits.get('max')];
  if (limits.size === 0 || [...limits.keys()].some((name) => name !== 'min' && name !== 'max')) {
    throw new RuleProblem(
      `${call.text} has to be as @Size(min=1, max=10), one of the two may be left out`,
      call.offset,
    );
  }
  const wanted = max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
  return {
    accepts: isSized,
    problem: (value) => {
      const actual = sizeOf(value);
      const fits = actual >= min && (max === undefined || actual <= max);
      return fits ? undefined : `has to have a size of ${wanted}, but has ${actual}`;
    },
  };
}

/** The whole text has to match; expressions run in linear time (RE2), so no text can hold the engine up. */
function pattern(call: RuleCall): Check {
  arity(call, 1);
  const source = call.args[0]?.literal ?? '';
  const compiled = compilePattern(call, source);
  const passes = (item: ParamValue): boolean => typeof item === 'string' && compiled.matches(item);
  const wanted = `has to match ${JSON.stringify(source)}`;
  const cost = (value: ParamValue): number => (charsOf(value) * (1 + source.length / 8)) / CHARS_PER_UNIT;
  return { accepts: isTextual, cost, problem: (value) => firstFailing(value, passes, wanted) };
}

const CHARS_PER_UNIT = 16;

function charsOf(value: ParamValue): number {
  const items: readonly ParamValue[] = Array.isArray(value) ? (value as readonly ParamValue[]) : [value];
  return items.reduce<number>((chars, item) => chars + (typeof item === 'string' ? item.length : 1), 0);
}

function compilePattern({ text, offset }: RuleCall, source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw new RuleProblem(`${text} is no regular expression: ${error.message}`, offset);
  }
}

function oneOf(call: RuleCall): Check {
  if (call.args.length === 0) throw new RuleProblem(`${call.text} has to name at least one value`, call.offset);
  const allowed = new Set(call.args.map(({ literal }) => literal));
  const wanted = `has to be one of ${[...allowed].map((text) => JSON.stringify(text)).join(', ')}`;
  const passes = (item: ParamValue): boolean => allowed.has(paramValueToText(item));
  return { accepts: isListable, problem: (value) => firstFailing(value, passes, wanted) };
}
