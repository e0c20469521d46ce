import type { ParamValue } from '@maestro/domain';
import { HostError, paramsScope, type Scope, type SelValue } from '@maestro/sel';
import type { ReferenceResolver } from './reference-resolver.js';
import type { ParamScope } from './scope.js';
import { toSelValue } from './sel-conversion.js';

/**
 * expressionScope shows a param scope to an expression. Unlike the bare language, where an unknown name reads as NULL, a name
 * that is no param is an error here: in a workflow it is a typing mistake.
 */
export function expressionScope(scope: ParamScope, references: ReferenceResolver): Scope {
  const toSel = rememberingConversion();
  return paramsScope((name) => toSel(known(references, name)), {
    get: (name) => orNull(references.workflowParam(name), toSel),
    containsKey: (name) => references.workflowParam(name) !== undefined,
    getFromStep: (first, param) =>
      param === undefined ? stepField(scope, first) : toSel(references.stepParam(first, param)),
    getFromInstance: (field) => instanceField(scope, field),
  });
}

type Conversion = (value: ParamValue) => SelValue;

/** A map is converted once, however often an expression names it: naming it again must stay as cheap as its fuel. */
function rememberingConversion(): Conversion {
  const seen = new Map<ParamValue, SelValue>();
  return (value) => {
    if (typeof value !== 'object') return value;
    const converted = seen.get(value) ?? toSelValue(value);
    seen.set(value, converted);
    return converted;
  };
}

function known(references: ReferenceResolver, name: string): ParamValue {
  const value = references.resolve(name);
  if (value !== undefined) return value;
  throw new HostError(`unknown name ${name}: it is no param of this step or workflow`, 'host', name);
}

function orNull(value: ParamValue | undefined, toSel: Conversion): SelValue {
  return value === undefined ? null : toSel(value);
}

function stepField(scope: ParamScope, field: string): SelValue {
  const value = scope.stepField?.(field);
  if (value === undefined) throw new HostError(`getFromStep: a step has no field ${field} here`);
  return toSelValue(value);
}

/** A field without a value reads as empty text, as in the original. */
function instanceField(scope: ParamScope, field: string): SelValue {
  const value = scope.instanceField?.(field);
  if (value === undefined) throw new HostError(`getFromInstance: an instance has no field ${field} here`);
  return value === null ? '' : toSelValue(value);
}
