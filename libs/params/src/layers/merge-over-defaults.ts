import type { ParamDefinitions } from '@maestro/domain';
import { mergeParams } from '../merge.js';
import type { MergeContext } from '../merge-permission.js';

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
  const named = Object.entries(defaults).filter(
    ([name]) => Object.hasOwn(incoming, name) && !Object.hasOwn(base, name),
  );
  return mergeParams(named.length === 0 ? base : { ...Object.fromEntries(named), ...base }, incoming, context);
}
