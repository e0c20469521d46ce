import { LRUCache } from 'lru-cache';
import { RuleProblem, type Argument, type Condition, type Rule, type Validator } from './rule.js';
import { makeRule } from './rules.js';

const NAME = /@?((?:Maestro\.)?[A-Za-z][A-Za-z0-9]*)/y;
const STARTS_RULE = /@|Maestro\.enumCheck\s*\(/y;
const JOINT = /\s*(?:&&)?\s*/y;
const ARGUMENT =
  /\s*(?:([A-Za-z]+)\s*=\s*)?(?:(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)")\s*/y;

/** Text without a rule: the original took any, and enforced none. Definitions that were written for it would fail by their own words. */
const ADVICE: Validator = { rules: [], conditions: [] };

/** Validators of the definitions that are running: few texts, used again and again. */
const cache = new LRUCache<string, Validator>({ max: 500 });

/**
 * parseValidator reads a validator (docs/params.md): rules such as `@Min(1)` one after the other, with or without `&&` between
 * them, and behind them an expression. Text that begins with no rule is advice for people: nothing is enforced. Throws RuleProblem.
 */
export function parseValidator(text: string): Validator {
  const known = cache.get(text);
  if (known) return known;
  const validator = new ValidatorReader(text).read();
  cache.set(text, validator);
  return validator;
}

class ValidatorReader {
  private at = 0;
  private readonly rules: Rule[] = [];
  private readonly conditions: Condition[] = [];

  constructor(private readonly text: string) {}

  read(): Validator {
    this.take(/\s*/y);
    if (this.at >= this.text.length) throw new RuleProblem('the validator is empty', 0);
    if (!this.peek(STARTS_RULE)) return ADVICE;
    while (this.at < this.text.length && this.peek(STARTS_RULE)) this.rule();
    const rest = this.text.slice(this.at).trim();
    if (rest !== '') this.conditions.push({ text: rest, offset: this.at });
    return { rules: this.rules, conditions: this.conditions };
  }

  private rule(): void {
    const offset = this.at;
    const name = this.take(NAME)?.[1];
    if (name === undefined) throw new RuleProblem('after @ the name of a rule is expected', offset);
    const args = this.take(/\s*\(/y) ? this.args() : [];
    const call = { name, args, text: this.text.slice(offset, this.at), offset };
    if (name === 'Sel') this.conditions.push(selCondition(call));
    else this.rules.push(makeRule(call));
    this.take(JOINT);
  }

  private args(): readonly Argument[] {
    const args: Argument[] = [];
    if (this.take(/\s*\)/y)) return args;
    for (;;) {
      args.push(this.argument());
      if (this.take(/\)/y)) return args;
      if (!this.take(/,/y)) throw new RuleProblem('expected `,` or `)`', this.at);
    }
  }

  private argument(): Argument {
    const found = this.take(ARGUMENT);
    if (!found) throw new RuleProblem("expected a number or a text in quotes such as 'a'", this.at);
    const [, name, number, single, double] = found;
    const quoted = single ?? double;
    const literal = quoted === undefined ? (number ?? '') : unquoted(quoted);
    return { ...(name === undefined ? {} : { name }), literal, isText: quoted !== undefined };
  }

  private peek(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }
}

/** Only quotes are escaped: a backslash before anything else belongs to the text, as patterns need it. */
function unquoted(text: string): string {
  return text.replace(/\\(['"])/g, '$1');
}

function selCondition({
  args,
  text,
  offset,
}: {
  readonly args: readonly Argument[];
  readonly text: string;
  readonly offset: number;
}): Condition {
  const [only] = args;
  if (args.length === 1 && only?.isText === true) return { text: only.literal, offset };
  throw new RuleProblem(`${text} has to hold one expression in quotes`, offset);
}
