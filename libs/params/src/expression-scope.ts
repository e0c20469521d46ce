import type { ParamValue } from '@maestro/domain';
import { HostError, type Scope, type SelData } from '@maestro/sel';
import { callParamFunction } from './param-functions.js';
import type { ReferenceResolver } from './reference-resolver.js';
import type { ParamScope } from './scope.js';
import { toSelData } from './sel-conversion.js';

/**
 * expressionScope shows a param scope to an expression. Unlike the bare language, where an unknown name reads as NULL, a name
 * that is no param is an error here: in a workflow it is a typing mistake. A program may give a name of its own a value.
 */
export function expressionScope(scope: ParamScope, references: ReferenceResolver): Scope {
  const toSel = rememberingConversion();
  const toSelOf = (value: ParamValue | undefined): SelData | undefined => (value === undefined ? value : toSel(value));
  return {
    lookup: (name, use) => toSelOf(use === 'assign' ? references.evaluated(name) : known(references, name)),
    call: (fn, args) => callParamFunction({ scope, references, toSel }, fn, args),
  };
}

/** A map is converted once, however often an expression names it: naming it again must stay as cheap as its fuel. */
function rememberingConversion(): (value: ParamValue) => SelData {
  const seen = new Map<ParamValue, SelData>();
  return (value) => {
    if (typeof value !== 'object') return value;
    const converted = seen.get(value) ?? toSelData(value);
    seen.set(value, converted);
    return converted;
  };
}

function known(references: ReferenceResolver, name: string): ParamValue {
  const value = references.resolve(name);
  if (value !== undefined) return value;
  throw new HostError(`unknown name ${name}: it is no param of this step or workflow`, 'host', name);
}
