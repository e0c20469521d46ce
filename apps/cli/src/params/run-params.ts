import type { JsonObject, ParamType } from '@maestro/domain';
import { PARAM_TYPES } from '@maestro/domain';
import type { VersionBody } from '../api/bodies.js';
import { readParamFile, type TypeOf } from './param-file.js';
import { splitParam } from './param-text.js';
import { paramOf } from './param-value.js';

/** ParamOptions are the flags that give params to a run. */
export interface ParamOptions {
  readonly param: readonly string[];
  readonly paramFile?: string;
}

/** hasParams: the definition is worth asking for. */
export function hasParams({ param, paramFile }: ParamOptions): boolean {
  return param.length > 0 || paramFile !== undefined;
}

/** typesIn are the types that a definition gives its params. */
export function typesIn({ workflow }: Pick<VersionBody, 'workflow'>): TypeOf {
  const params = (workflow['params'] ?? {}) as Readonly<Record<string, { readonly type?: string } | undefined>>;
  return (name) => PARAM_TYPES.find((type): type is ParamType => type === params[name]?.type?.toUpperCase());
}

/**
 * runParamsOf puts params together; the command line wins over the file. The type of each is what its name says
 * (`limit<long>`), else what the definition says, else what the value looks like. @throws UsageError
 */
export function runParamsOf({ param, paramFile }: ParamOptions, typeOf: TypeOf): Record<string, JsonObject> {
  const fromFile = paramFile === undefined ? {} : readParamFile(paramFile, typeOf);
  const given = param.map(splitParam).map(({ name, value, type = typeOf(name) }) => [name, paramOf(name, value, type)]);
  return { ...fromFile, ...(Object.fromEntries(given) as Record<string, JsonObject>) };
}
