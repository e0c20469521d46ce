import { analyse } from '../analysis/analyse.js';
import type { TypeEnvironment } from '../analysis/environment.js';
import type { StaticType } from '../analysis/static-type.js';
import { compile, type Compiled } from '../language/compiler.js';
import { parse } from '../language/parser.js';
import { dataText } from '../runtime/text.js';
import { dataTypeOf, exportData, type SelData } from '../runtime/data.js';
import { seededRandom } from '../runtime/environment.js';
import { SelError } from '../runtime/error.js';
import { evaluate, type Outcome } from '../runtime/evaluate.js';
import { PRESETS } from '../runtime/limits.js';
import type { Scope } from '../runtime/scope.js';
import { SelObject, typeOf, VOID } from '../runtime/value.js';
import { print } from './print.js';
import { VALUES } from './random-program.js';

/** LIMITS of an examined program: enough to get somewhere, little enough to be over in a few milliseconds. */
export const LIMITS = { ...PRESETS.FULL, fuel: 30_000, memory: 500_000 };

const KNOWN: ReadonlyMap<string, SelData> = new Map(Object.entries(VALUES));
const SCOPE: Scope = { lookup: (name) => KNOWN.get(name), call: (_fn, [name = '']) => KNOWN.get(name) ?? null };
const BEFORE = snapshot();

function snapshot(): string {
  return dataText(new Map([...KNOWN]));
}

/**
 * examine says what is wrong with how the language treats a text; undefined when nothing is. It may only answer with its own
 * outcomes, twice the same, leaves its host as it was, stays within its limits, prints what it parsed, and gives what the
 * analysis foretold.
 */
export function examine(text: string): string | undefined {
  let compiled: Compiled;
  try {
    compiled = compile(text);
  } catch (error) {
    return error instanceof SelError ? undefined : `compile threw ${String(error)}`;
  }
  return printed(compiled) ?? evaluated(compiled) ?? analysed(compiled);
}

function printed({ program }: Compiled): string | undefined {
  const text = print(program);
  if (bare(parse(text)) === bare(program)) return undefined;
  return `printed as ${text}, which is another program`;
}

/** The tree without positions. */
function bare(program: unknown): string {
  return JSON.stringify(program, (key, value: unknown) => {
    if (key === 'at' || key === 'height') return undefined;
    return typeof value === 'bigint' || typeof value === 'number' ? `${typeof value} ${String(value)}` : value;
  });
}

/** An evaluation with what a decision may spend holds up its event loop no longer than this, in milliseconds. */
const LONGEST_STALL = 50;

/** stall measures it; undefined when it is short enough. The best of some runs counts, as other programs want the processor too. */
export function stall(text: string, now: () => number): string | undefined {
  let compiled: Compiled;
  try {
    compiled = compile(text);
  } catch {
    return undefined;
  }
  let best = Infinity;
  for (let run = 0; run < RUNS && best > LONGEST_STALL; run += 1) {
    const start = now();
    evaluate(compiled, SCOPE, PRESETS.IN_PLACE, { nowMs: 0, random: seededRandom(1n) });
    best = Math.min(best, now() - start);
  }
  return best > LONGEST_STALL ? `held the event loop for ${best.toFixed(0)} ms` : undefined;
}

const RUNS = 4;

function evaluated(compiled: Compiled): string | undefined {
  try {
    const [first, second] = [shown(runOnce(compiled)), shown(runOnce(compiled))];
    if (first !== second) return `gave ${first}, then ${second}`;
  } catch (error) {
    return `evaluate threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  return snapshot() === BEFORE ? undefined : 'changed the data of its host';
}

const TYPES: TypeEnvironment = {
  lookup: (name) => ({ type: staticTypeOf(KNOWN.get(name)) }),
  typeOf: (name) => staticTypeOf(KNOWN.get(name)),
  call: () => ({ type: 'UNKNOWN' }),
};

function staticTypeOf(data: SelData | undefined): StaticType {
  if (data === undefined) return 'UNKNOWN';
  const type = dataTypeOf(data);
  return type === 'EMPTY_ARRAY' ? 'UNKNOWN' : type;
}

/** What the analysis is certain of must be so: a program that gives a value has no certain problem, and gives the type that was foretold. */
function analysed(compiled: Compiled): string | undefined {
  const { type, problems } = analyse(compiled.text, TYPES);
  const outcome = runOnce(compiled);
  if (outcome.kind !== 'value') return undefined;
  const certain = problems.find((problem) => problem.certain);
  if (certain) return `the analysis was certain of: ${certain.error.message}`;
  const actual = typeOf(outcome.value);
  const fits = type === 'UNKNOWN' || type === actual || (actual === 'EMPTY_ARRAY' && type.endsWith('_ARRAY'));
  return fits ? undefined : `the analysis foretold ${type}, it was ${actual}`;
}

function runOnce(compiled: Compiled): Outcome {
  return evaluate(compiled, SCOPE, LIMITS, { nowMs: 1_700_000_000_000, random: seededRandom(1n) });
}

function shown(outcome: Outcome): string {
  if (outcome.kind === 'exhausted') return `exhausted ${outcome.limit}`;
  if (outcome.kind === 'error') return `${outcome.error.kind} ${outcome.error.message} ${outcome.error.excerpt}`;
  const { value } = outcome;
  if (value === VOID) return 'VOID';
  if (value instanceof SelObject) return bounded(value.text());
  const data = exportData(value);
  return data === undefined ? 'no data' : bounded(wellFormed(data));
}

/** A LONG that does not fit 64 bits would be seen as another number by everybody else. */
function wellFormed(data: SelData): string {
  if (typeof data === 'bigint' && BigInt.asIntN(64, data) !== data) throw new Error(`${data} is no LONG`);
  if (Array.isArray(data)) (data as readonly SelData[]).forEach(wellFormed);
  if (data instanceof Map) [...(data as ReadonlyMap<string, SelData>).values()].forEach(wellFormed);
  return dataText(data);
}

/** Escapes in JSON take up to six characters for one. */
function bounded(text: string): string {
  if (text.length > LIMITS.memory * 3) throw new Error(`a result of ${text.length} characters escaped the limits`);
  return text;
}
