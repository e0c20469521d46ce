import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { mergeParams } from '../merge.js';
import type { MergeContext } from '../merge-permission.js';
import { own } from '../record.js';

/**
 * mergeOverDefaults merges as if all defaults lay under `base`, and keeps only those that `incoming` names: the type, mode and
 * reservation of a default hold for who overrides it, and the others cost nothing. Throws MaestroError INVALID_PARAM.
 */
export function mergeOverDefaults(
  defaults: ParamDefinitions,
  base: ParamDefinitions,
  incoming: ParamDefinitions,
  context: MergeContext,
): ParamDefinitions {
  const names = Object.keys(incoming);
  if (names.length === 0) return base;
  const named = names.flatMap((name): [string, ParamDefinition][] => {
    const definition = Object.hasOwn(base, name) ? undefined : own(defaults, name);
    return definition === undefined ? [] : [[name, definition]];
  });
  return mergeParams(named.length === 0 ? base : { ...Object.fromEntries(named), ...base }, incoming, context);
}
