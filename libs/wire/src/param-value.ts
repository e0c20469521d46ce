import { create } from '@bufbuild/protobuf';
import type { ParamValue, ParamValueMap } from '@maestro/domain';
import {
  type ParamValue as ParamValueMessage,
  ParamValueSchema,
  type ParamValueMap as ParamValueMapMessage,
} from '@maestro/proto/maestro/types/v1/param';
import { invalid } from './invalid.js';
import { mapValues } from './present.js';

type Items = readonly string[] | readonly bigint[] | readonly boolean[] | readonly number[];

const isItems = (value: ParamValue): value is Items => Array.isArray(value);

function caseOf(value: ParamValue): ParamValueMessage['value'] {
  switch (typeof value) {
    case 'string':
      return { case: 'stringValue', value };
    case 'bigint':
      return { case: 'longValue', value };
    case 'number':
      return { case: 'doubleValue', value };
    case 'boolean':
      return { case: 'booleanValue', value };
    default:
      return isItems(value) ? itemsCase(value) : { case: 'map', value: paramValueMapToProto(value) };
  }
}

/** The first item tells the type; an empty array has none and travels as a STRING_ARRAY. */
function itemsCase(items: Items): ParamValueMessage['value'] {
  switch (typeof items[0]) {
    case 'bigint':
      return { case: 'longArray', value: { $typeName: 'maestro.types.v1.LongArray', items: [...(items as bigint[])] } };
    case 'number':
      return {
        case: 'doubleArray',
        value: { $typeName: 'maestro.types.v1.EvaluatedDoubleArray', items: [...(items as number[])] },
      };
    case 'boolean':
      return {
        case: 'booleanArray',
        value: { $typeName: 'maestro.types.v1.BooleanArray', items: [...(items as boolean[])] },
      };
    default:
      return {
        case: 'stringArray',
        value: { $typeName: 'maestro.types.v1.StringArray', items: [...(items as string[])] },
      };
  }
}

export function paramValueToProto(value: ParamValue): ParamValueMessage {
  return create(ParamValueSchema, { value: caseOf(value) });
}

/** paramValueFromProto: throws INVALID_REQUEST for a message without a value. */
export function paramValueFromProto(message: ParamValueMessage, path = ''): ParamValue {
  const { value } = message;
  if (value.case === undefined) throw invalid(path, 'has no value');
  if (value.case === 'map') return paramValueMapFromProto(value.value, path);
  return typeof value.value === 'object' ? value.value.items : value.value;
}

/** paramValueMapToProto: an evaluated STRING_MAP or MAP. */
export function paramValueMapToProto(values: ParamValueMap): ParamValueMapMessage {
  return { $typeName: 'maestro.types.v1.ParamValueMap', entries: mapValues(values, paramValueToProto) };
}

/** paramValueMapFromProto reverses `paramValueMapToProto`. */
export function paramValueMapFromProto(message: ParamValueMapMessage, path = ''): ParamValueMap {
  return mapValues(message.entries, (entry, key) => paramValueFromProto(entry, `${path}.${key}`));
}
