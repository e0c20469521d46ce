import {
  type Param,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamLiterals,
  type Params,
  type ParamType,
  type ParamValue,
} from '@maestro/domain';
import { defined, mapRecord, own } from './record.js';
import { escapeTemplate } from './template.js';
import { valueType } from './value-type.js';

/**
 * paramsToDefinitions turns evaluated params back into literal definitions, so that a restart sees the same values: also those
 * of mode IMMUTABLE, which the original evaluates anew (spec 2.6, a defect). Params that were never evaluated keep their
 * definition. Text is escaped: what was evaluated is not interpolated a second time.
 */
export function paramsToDefinitions(params: Params): ParamDefinitions {
  return mapRecord(params, (param) => frozen(param));
}

function frozen({ definition, evaluatedResult }: Param): ParamDefinition {
  if (evaluatedResult === undefined) return definition;
  return literalDefinition(definition, definition.type, evaluatedResult);
}

function literalDefinition(
  definition: ParamDefinition | undefined,
  type: ParamType,
  value: ParamValue,
): ParamDefinition {
  const { mode, source, tags, validator, meta } = definition ?? {};
  return defined({
    type,
    value: literalOf(definition, type, value),
    mode,
    source,
    tags,
    validator,
    meta,
  }) as ParamDefinition;
}

function literalOf(
  definition: ParamDefinition | undefined,
  type: ParamType,
  value: ParamValue,
): ParamLiterals[ParamType] {
  switch (type) {
    case 'STRING':
      return escapeTemplate(value as string);
    case 'STRING_ARRAY':
      return (value as readonly string[]).map(escapeTemplate);
    case 'STRING_MAP':
      return escapedMap(value as Readonly<Record<string, string>>);
    case 'MAP':
      return childDefinitions(definition, value as Readonly<Record<string, ParamValue>>);
    case 'DOUBLE':
      return (value as number).toString();
    case 'DOUBLE_ARRAY':
      return (value as readonly number[]).map(String);
    default:
      return value as bigint | boolean | readonly bigint[] | readonly boolean[];
  }
}

function escapedMap(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [escapeTemplate(key), escapeTemplate(text)]));
}

/** The insides of a MAP keep their declared types; a MAP made by an expression has none, its values tell. */
function childDefinitions(
  map: ParamDefinition | undefined,
  value: Readonly<Record<string, ParamValue>>,
): ParamDefinitions {
  const children = map?.type === 'MAP' ? map.value : undefined;
  return mapRecord(value, (item, key) => {
    const child = own(children, key);
    return literalDefinition(child, child?.type ?? typeOfValue(item), item);
  });
}

function typeOfValue(value: ParamValue): ParamType {
  const type = valueType(value);
  return type === 'EMPTY_ARRAY' ? 'STRING_ARRAY' : type;
}
