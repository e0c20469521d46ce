import { MaestroError, type Json } from '@maestro/domain';
import { parse, stringify } from 'lossless-json';
import { decimalOf, DecimalText, isDeeperThan, MAX_NESTING, type Raw } from './raw.js';
import { placeAt, type Place } from './place.js';

/** SyntaxProblem is text that is no document at all. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly place: Place | undefined,
  ) {
    super(message);
  }
}

/** TOO_DEEP is what is said about a document whose values lie in one another too often. */
export const TOO_DEEP = 'is nested too deeply';

const WHOLE = /^-?\d+$/;

/** JSON libraries name a position in the message only. */
function syntaxProblem(text: string, error: unknown): SyntaxProblem {
  if (error instanceof RangeError) return new SyntaxProblem(TOO_DEEP, undefined);
  const message = error instanceof Error ? error.message : String(error);
  // Without a position the text ended too early.
  const offset = / at position (\d+)/.exec(message)?.[1] ?? text.length;
  const bare = message.replace(/ at position \d+.*$/, '');
  return new SyntaxProblem(bare, placeAt(text, Number(offset)));
}

function parseWith(text: string, decimal: (text: string) => unknown): unknown {
  try {
    return parse(text, undefined, { parseNumber: (number) => (WHOLE.test(number) ? BigInt(number) : decimal(number)) });
  } catch (error) {
    throw syntaxProblem(text, error);
  }
}

/** rawFromJson parses JSON keeping every number exactly; throws SyntaxProblem. */
export function rawFromJson(text: string): Raw {
  const raw = parseWith(text, (decimal) => new DecimalText(decimal)) as Raw;
  if (isDeeperThan(raw, MAX_NESTING)) throw new SyntaxProblem(TOO_DEEP, undefined);
  return raw;
}

/**
 * parseJsonText parses JSON without losing whole numbers: they become bigint, decimals become number.
 * @throws MaestroError INVALID_REQUEST with the line and column of the mistake.
 */
export function parseJsonText(text: string): Json {
  try {
    return parseWith(text, Number) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new MaestroError('INVALID_REQUEST', `not valid JSON: ${error.message}`, {
      violations: [{ path: '', message: error.message, ...error.place }],
      cause: error,
    });
  }
}

const DECIMALS = [
  {
    test: (value: unknown): boolean => typeof value === 'number',
    stringify: (value: unknown) => decimalOf(value as number),
  },
];

/** stringifyJson writes JSON on one line; bigint as whole numbers, number always as a decimal (`1.0`), so that both survive. */
export function stringifyJson(json: Json): string {
  return stringify(json, undefined, undefined, DECIMALS) ?? 'null';
}
