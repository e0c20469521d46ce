import type { ParamDefinition, ParamLiterals, ParamType } from '@maestro/domain';

type Literal = ParamLiterals[ParamType];
type Cast = (value: Literal) => Literal | undefined;

const LONG_MIN = -(1n << 63n);
const LONG_MAX = (1n << 63n) - 1n;

/** parseLong reads a 64-bit whole number as Java's `Long.parseLong` does; undefined when the text is none. */
export function parseLong(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= LONG_MIN && value <= LONG_MAX ? value : undefined;
}

/** parseBoolean reads `true` or `false` in any case; undefined for other text. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}

type Scalar = bigint | boolean | string | number;

/** The table below says which literals come here: only ones of scalars. */
const textOf = (value: Scalar): string => String(value);
const toText: Cast = (value) => textOf(value as Scalar);
const toTexts: Cast = (value) => (value as readonly Scalar[]).map(textOf);

/** CASTS are the implicit conversions of spec 2.1, by `from>to`. */
const CASTS: ReadonlyMap<string, Cast> = new Map<string, Cast>([
  ['LONG>STRING', toText],
  ['DOUBLE>STRING', toText],
  ['BOOLEAN>STRING', toText],
  ['STRING>LONG', (value) => parseLong(value as string)],
  ['STRING>BOOLEAN', (value) => parseBoolean(value as string)],
  ['LONG>DOUBLE', toText],
  ['LONG_ARRAY>STRING_ARRAY', toTexts],
  ['DOUBLE_ARRAY>STRING_ARRAY', toTexts],
  ['BOOLEAN_ARRAY>STRING_ARRAY', toTexts],
]);

/** castLiteral gives the literal of a definition as another type; undefined when there is no such conversion. */
export function castLiteral(definition: ParamDefinition, type: ParamType): Literal | undefined {
  if (definition.value === undefined || definition.type === type) return definition.value;
  return CASTS.get(`${definition.type}>${type}`)?.(definition.value);
}
