import { create } from '@bufbuild/protobuf';
import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import {
  type NamedParamDefinition,
  NamedParamDefinitionSchema,
  type ParamDefinition as ParamDefinitionMessage,
  ParamDefinitionSchema,
  type ParamDefinitions as ParamDefinitionsMessage,
  ParamDefinitionsSchema,
  type ParamLiteral,
  ParamLiteralSchema,
} from '@maestro/proto/maestro/types/v1/param';
import { fieldPath, invalid, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { INTERNAL_PARAM_MODE_TABLE, PARAM_MODE_TABLE, PARAM_SOURCE_TABLE, PARAM_TYPE_TABLE } from './param-enums.js';
import { optionally, present, whenFilled, whenText } from './present.js';

const NAMES = 'maestro.types.v1';

function literalCase(param: ParamDefinition): ParamLiteral['value'] {
  if (param.value === undefined) return { case: undefined };
  switch (param.type) {
    case 'STRING':
      return { case: 'stringValue', value: param.value };
    case 'LONG':
      return { case: 'longValue', value: param.value };
    case 'DOUBLE':
      return { case: 'doubleValue', value: param.value };
    case 'BOOLEAN':
      return { case: 'booleanValue', value: param.value };
    case 'MAP':
      return { case: 'map', value: paramDefinitionsToProto(param.value) };
    default:
      return collectionCase(param);
  }
}

type CollectionParam = Exclude<ParamDefinition, { type: 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN' | 'MAP' }>;

function collectionCase(param: CollectionParam): ParamLiteral['value'] {
  switch (param.type) {
    case 'STRING_MAP':
      return { case: 'stringMap', value: { $typeName: `${NAMES}.StringMap`, entries: { ...param.value } } };
    case 'STRING_ARRAY':
      return { case: 'stringArray', value: { $typeName: `${NAMES}.StringArray`, items: [...(param.value ?? [])] } };
    case 'LONG_ARRAY':
      return { case: 'longArray', value: { $typeName: `${NAMES}.LongArray`, items: [...(param.value ?? [])] } };
    case 'DOUBLE_ARRAY':
      return { case: 'doubleArray', value: { $typeName: `${NAMES}.DoubleArray`, items: [...(param.value ?? [])] } };
    case 'BOOLEAN_ARRAY':
      return { case: 'booleanArray', value: { $typeName: `${NAMES}.BooleanArray`, items: [...(param.value ?? [])] } };
  }
}

function definitionCase(param: ParamDefinition): ParamDefinitionMessage['definition'] {
  if (param.expression !== undefined) return { case: 'expression', value: param.expression };
  if (param.value === undefined) return { case: undefined };
  return { case: 'literal', value: create(ParamLiteralSchema, { value: literalCase(param) }) };
}

export function paramDefinitionToProto(param: ParamDefinition): ParamDefinitionMessage {
  return create(ParamDefinitionSchema, {
    type: PARAM_TYPE_TABLE.toProto(param.type),
    definition: definitionCase(param),
    mode: PARAM_MODE_TABLE.toProtoOptional(param.mode),
    internalMode: INTERNAL_PARAM_MODE_TABLE.toProtoOptional(param.internalMode),
    source: PARAM_SOURCE_TABLE.toProtoOptional(param.source),
    validator: param.validator ?? '',
    tags: [...(param.tags ?? [])],
    meta: optionally(param.meta, jsonObjectToProto),
  });
}

const TYPE_OF_CASE = {
  stringValue: 'STRING',
  longValue: 'LONG',
  doubleValue: 'DOUBLE',
  booleanValue: 'BOOLEAN',
  stringMap: 'STRING_MAP',
  stringArray: 'STRING_ARRAY',
  longArray: 'LONG_ARRAY',
  doubleArray: 'DOUBLE_ARRAY',
  booleanArray: 'BOOLEAN_ARRAY',
  map: 'MAP',
} as const satisfies Record<NonNullable<ParamLiteral['value']['case']>, ParamDefinition['type']>;

function literalValue(literal: ParamLiteral, type: ParamDefinition['type'], path: string): ParamDefinition['value'] {
  const { value } = literal;
  if (value.case === undefined) throw invalid(path, `needs a literal of type ${type}`);
  const given = TYPE_OF_CASE[value.case];
  if (given !== type) throw invalid(path, `is a ${given}, but the param is declared as ${type}`);
  if (value.case === 'map') return paramDefinitionsFromProto(value.value, path);
  if (value.case === 'stringMap') return value.value.entries;
  return typeof value.value === 'object' ? value.value.items : value.value;
}

/** paramDefinitionFromProto: throws INVALID_REQUEST for a missing type and for a literal of another type. */
export function paramDefinitionFromProto(message: ParamDefinitionMessage, path = ''): ParamDefinition {
  const type = PARAM_TYPE_TABLE.fromProto(message.type, fieldPath(path, 'type'));
  const { definition } = message;
  return present({
    type,
    value: definition.case === 'literal' ? literalValue(definition.value, type, fieldPath(path, 'value')) : undefined,
    expression: definition.case === 'expression' ? definition.value : undefined,
    mode: PARAM_MODE_TABLE.fromProtoOptional(message.mode, fieldPath(path, 'mode')),
    internalMode: INTERNAL_PARAM_MODE_TABLE.fromProtoOptional(message.internalMode, fieldPath(path, 'internal_mode')),
    source: PARAM_SOURCE_TABLE.fromProtoOptional(message.source, fieldPath(path, 'source')),
    validator: whenText(message.validator),
    tags: whenFilled(message.tags),
    meta: optionally(message.meta, jsonObjectFromProto),
    // `literalValue` has just checked that the value is of the declared type.
  }) as ParamDefinition;
}

export function paramDefinitionsToProto(params: ParamDefinitions): ParamDefinitionsMessage {
  return create(ParamDefinitionsSchema, {
    params: Object.entries(params).map(([name, param]) =>
      create(NamedParamDefinitionSchema, { name, param: paramDefinitionToProto(param) }),
    ),
  });
}

/** paramDefinitionsFromProto keeps the order; throws INVALID_REQUEST for a name that is missing or given twice. */
export function paramDefinitionsFromProto(message: ParamDefinitionsMessage, path = ''): ParamDefinitions {
  const names = new Set<string>();
  return Object.fromEntries(message.params.map((named) => namedDefinition(named, names, path)));
}

function namedDefinition(named: NamedParamDefinition, seen: Set<string>, path: string): [string, ParamDefinition] {
  if (named.name === '') throw invalid(path, 'has a param without a name');
  const at = fieldPath(path, named.name);
  if (seen.has(named.name)) throw invalid(at, 'is given twice');
  seen.add(named.name);
  return [named.name, paramDefinitionFromProto(required(named.param, at), at)];
}
