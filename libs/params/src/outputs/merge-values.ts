import type { Param, ParamDefinitions, ParamValue, ParamValueMap } from '@maestro/domain';
import { convert } from '../conversion.js';
import type { Failed, ParamViolation } from '../failure.js';
import { own } from '../record.js';

export type MergedValue = { readonly kind: 'value'; readonly value: ParamValue } | Failed;

/**
 * mergeValues puts a returned value over the one that a param has: maps key by key, anything else is replaced. What a MAP declares
 * inside keeps its types and modes there too.
 */
export function mergeValues({ definition, evaluatedResult }: Param, value: ParamValue, path: string): MergedValue {
  if (definition.type !== 'MAP' && definition.type !== 'STRING_MAP') return { kind: 'value', value };
  const children = definition.type === 'MAP' ? (definition.value ?? {}) : {};
  const violations: ParamViolation[] = [];
  const merged = mergeMaps((evaluatedResult ?? {}) as ParamValueMap, value as ParamValueMap, {
    children,
    path,
    violations,
  });
  return violations.length > 0 ? { kind: 'error', violations } : { kind: 'value', value: merged };
}

interface Place {
  readonly children: ParamDefinitions;
  readonly path: string;
  readonly violations: ParamViolation[];
}

function mergeMaps(before: ParamValueMap, value: ParamValueMap, place: Place): ParamValueMap {
  const merged = new Map(Object.entries(before));
  for (const [key, item] of Object.entries(value)) merged.set(key, mergeItem(own(before, key), key, item, place));
  return Object.fromEntries(merged);
}

function mergeItem(before: ParamValue | undefined, key: string, item: ParamValue, place: Place): ParamValue {
  const declared = own(place.children, key);
  if (!declared) return item;
  const path = `${place.path}.${key}`;
  const { mode = 'MUTABLE', type } = declared;
  const converted = convert(item, type);
  if (mode !== 'MUTABLE') place.violations.push({ path, message: `has mode ${mode} and cannot be returned` });
  if (!converted)
    place.violations.push({ path, message: `is of type ${type}: what was returned cannot be converted to it` });
  if (!converted || type !== 'MAP') return converted?.value ?? item;
  const inner = { ...place, path, children: declared.value ?? {} };
  return mergeMaps((before ?? {}) as ParamValueMap, converted.value as ParamValueMap, inner);
}
