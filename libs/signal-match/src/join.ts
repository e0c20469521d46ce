import type { SignalParams, SignalParamValue } from '@maestro/domain';
import { textOf } from './lookup.js';

/**
 * joinText is under which a signal belongs together with others of a trigger: the values of its join keys, in their order. Names of keys
 * may differ between signals. undefined when a key has no value: such a signal joins with nothing.
 */
export function joinText(keys: readonly string[], params: SignalParams): string | undefined {
  const values = keys.map((key) => (Object.hasOwn(params, key) ? params[key] : undefined));
  return values.every((value) => value !== undefined) ? textOf(values) : undefined;
}

/** joinValues are the values that a joinText was made of. */
export function joinValues(text: string): readonly SignalParamValue[] {
  const written = JSON.parse(text) as readonly (string | readonly [string])[];
  return written.map((value) => (typeof value === 'string' ? value : BigInt(value[0])));
}
