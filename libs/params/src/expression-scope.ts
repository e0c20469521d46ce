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
  return paramsScope((name) => lookup(references, name), {
    get: (name) => orNull(references.workflowParam(name)),
    containsKey: (name) => references.workflowParam(name) !== undefined,
    getFromStep: (first, param) =>
      param === undefined ? stepField(scope, first) : toSelValue(references.stepParam(first, param)),
    getFromInstance: (field) => instanceField(scope, field),
  });
}

function lookup(references: ReferenceResolver, name: string): SelValue {
  const value = references.resolve(name);
  if (value === undefined) throw new HostError(`unknown name ${name}: it is no param of this step or workflow`);
  return toSelValue(value);
}

function orNull(value: ParamValue | undefined): SelValue {
  return value === undefined ? null : toSelValue(value);
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
