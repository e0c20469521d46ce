import { UsageError } from '../errors.js';
import type { ParamType } from '@maestro/domain';

/** TYPE_HINTS are the types that may stand behind a name, as in the DSL: `limit<long>=5`. */
const TYPE_HINTS: Readonly<Record<string, ParamType>> = {
  string: 'STRING',
  long: 'LONG',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  'array<string>': 'STRING_ARRAY',
  'array<long>': 'LONG_ARRAY',
  'array<double>': 'DOUBLE_ARRAY',
  'array<boolean>': 'BOOLEAN_ARRAY',
  map: 'STRING_MAP',
  pmap: 'MAP',
};

/** ParamText is a `--param` taken apart. */
export interface ParamText {
  readonly name: string;
  readonly type?: ParamType;
  readonly value: string;
}

const PARAM = /^([^=<]+)(?:<([^=]+)>)?=([\s\S]*)$/;

/** splitParam takes `name=value` or `name<type>=value` apart. @throws UsageError */
export function splitParam(text: string): ParamText {
  const [, name, hint, value = ''] = PARAM.exec(text) ?? [];
  if (name === undefined) {
    throw new UsageError(`--param "${text}": write <name>=<value> or <name><type>=<value>, such as limit<long>=5`);
  }
  return { name: name.trim(), value, ...(hint === undefined ? {} : { type: typeOf(hint, text) }) };
}

/** splitKey takes the key of a param file apart: `name` or `name<type>`. @throws UsageError */
export function splitKey(key: string): Omit<ParamText, 'value'> {
  const { name, type } = splitParam(`${key}=`);
  return type === undefined ? { name } : { name, type };
}

function typeOf(hint: string, text: string): ParamType {
  const type = TYPE_HINTS[hint.toLowerCase().replaceAll(' ', '')];
  if (type !== undefined) return type;
  throw new UsageError(`--param "${text}": "${hint}" is no type; types are ${Object.keys(TYPE_HINTS).join(', ')}`);
}
