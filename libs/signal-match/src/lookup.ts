import type { SignalMatches, SignalParams, SignalParamValue } from '@maestro/domain';

/**
 * Shape names the params that something compares for equality, sorted, as JSON. There are few shapes for a signal, however many wait for it:
 * an announcement looks up its own values of each shape.
 */
export type Shape = string;

/** shapeOf is the shape of some comparisons; those by range are in none. */
export function shapeOf(matches: SignalMatches): Shape {
  return JSON.stringify(equalities(matches).map(([name]) => name));
}

/** wantedText is what an announcement has to look up to find these comparisons: the values of their shape. */
export function wantedText(matches: SignalMatches): string {
  return textOf(equalities(matches).map(([, { value }]) => value));
}

/** offeredText is what an announcement looks up for a shape; undefined when it lacks one of its params. */
export function offeredText(shape: Shape, params: SignalParams): string | undefined {
  const names = JSON.parse(shape) as readonly string[];
  const values = names.map((name) => (Object.hasOwn(params, name) ? params[name] : undefined));
  return values.every((value) => value !== undefined) ? textOf(values) : undefined;
}

function equalities(matches: SignalMatches): readonly (readonly [string, SignalMatches[string]])[] {
  return Object.entries(matches)
    .filter(([, { operator }]) => operator === '=')
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

/** textOf tells values of either type apart: 7 and "7" are two texts. */
export function textOf(values: readonly SignalParamValue[]): string {
  return JSON.stringify(values.map((value) => (typeof value === 'bigint' ? [String(value)] : value)));
}
