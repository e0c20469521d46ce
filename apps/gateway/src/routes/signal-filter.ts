import {
  MATCH_OPERATORS,
  MaestroError,
  type MatchOperator,
  type SignalMatches,
  type SignalParamValue,
} from '@maestro/domain';

const COMPARISON = /^([^=<>]+)(>=|<=|=|>|<)(.*)$/s;

/** readMatches reads comparisons such as `region=eu` and `day>=20260101`; whole numbers are LONGs unless they are in quotes. */
export function readMatches(texts: readonly string[]): SignalMatches {
  return Object.fromEntries(texts.map(readMatch));
}

function readMatch(text: string): [string, SignalMatches[string]] {
  const [, name, operator, value] = COMPARISON.exec(text) ?? [];
  if (name === undefined || operator === undefined || value === undefined) {
    const message = `must compare like region=eu or day>=20260101, with one of ${MATCH_OPERATORS.join(' ')}; it is "${text}"`;
    throw new MaestroError('INVALID_REQUEST', `The query parameter match ${message}.`, {
      violations: [{ path: 'match', message }],
    });
  }
  return [name, { operator: operator as MatchOperator, value: readValue(value) }];
}

function readValue(text: string): SignalParamValue {
  if (/^".*"$/s.test(text)) return text.slice(1, -1);
  return /^-?\d{1,19}$/.test(text) && BigInt(text) === BigInt.asIntN(64, BigInt(text)) ? BigInt(text) : text;
}
