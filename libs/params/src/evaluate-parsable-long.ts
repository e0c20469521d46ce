import type { ParsableLong } from '@maestro/domain';
import { parseDuration } from './duration.js';
import type { Failed } from './failure.js';
import { interpolate } from './interpolate.js';
import { parseLong } from './literal-cast.js';
import type { ParamScope } from './scope.js';

export type ParsableLongOutcome = { readonly kind: 'value'; readonly value: bigint } | Failed;

/**
 * evaluateParsableLong gives the number that a ParsableLong stands for: as `number` itself, as `durationMs` in milliseconds
 * (a plain number means seconds). Text is interpolated first. Negative numbers and text of another kind are errors.
 */
export function evaluateParsableLong(
  value: ParsableLong,
  scope: ParamScope,
  as: 'number' | 'durationMs',
  path = 'value',
): ParsableLongOutcome {
  const text = interpolate(String(value), scope, path);
  if (text.kind !== 'value') return text;
  const number = as === 'durationMs' ? parseDuration(text.value) : parseLong(text.value.trim());
  if (number !== undefined && number >= 0n) return { kind: 'value', value: number };
  const wanted = as === 'durationMs' ? 'a duration such as 90, 10 minutes or 2h 30min' : 'a whole number from 0';
  const message = `is expected to be ${wanted} but is ${JSON.stringify(text.value.slice(0, 60))}`;
  return { kind: 'error', violations: [{ path, message }] };
}
