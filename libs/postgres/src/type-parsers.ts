import { types } from 'pg';

/** TypeParser turns the text of a column into its JavaScript value. */
export type TypeParser = (text: string) => unknown;

const INT8 = 20;
const INT8_ARRAY = 1016;
const JSON_TEXT = 114;
const JSONB = 3802;

const asText: TypeParser = (text) => text;

const asBigintArray: TypeParser = (text) =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((element) => (element === 'NULL' ? null : BigInt(element)));

const OWN_PARSERS: ReadonlyMap<number, TypeParser> = new Map([
  [INT8, BigInt],
  [INT8_ARRAY, asBigintArray],
  [JSON_TEXT, asText],
  [JSONB, asText],
]);

/**
 * typeParser picks the parser of a Postgres type: int8 is a bigint, json and jsonb stay text (JSON.parse would squeeze
 * 64-bit integers through a double; the reader decides with which codec it parses), everything else is as in `pg`.
 */
export function typeParser(oid: number, format?: 'text' | 'binary'): TypeParser {
  const own = format === 'binary' ? undefined : OWN_PARSERS.get(oid);
  return own ?? (types.getTypeParser(oid, format ?? 'text') as TypeParser);
}
