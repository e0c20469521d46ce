import type { Raw, RawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import { child, type Path } from '../reading/path.js';
import type { Origins } from './origins.js';
import { readParamKey, type ParamKey } from './param-key.js';
import { expressionText, readLiteral } from './param-value.js';

function definition(cursor: Cursor, key: ParamKey): RawObject | undefined {
  const mode = key.mode === undefined ? {} : { mode: key.mode };
  if (key.isExpression) {
    const expression = expressionText(cursor);
    return expression === undefined ? undefined : { type: key.type ?? 'STRING', expression, ...mode };
  }
  const literal = readLiteral(cursor, key.type, (map) => readParams(map, Object.keys(map.raw as RawObject)).params);
  if (literal === undefined) return undefined;
  if (key.type !== undefined && key.type !== literal.type)
    return cursor.fail(`is declared ${key.type}, but its value is ${literal.type}`);
  return { type: literal.type, value: literal.value, ...mode };
}

interface ReadParams {
  readonly params: Readonly<Record<string, Raw>>;
  /** Where the key of each param is written. */
  readonly paths: ReadonlyMap<string, Path>;
}

/** readParams reads the named keys of an object as params. */
export function readParams(cursor: Cursor, keys: readonly string[]): ReadParams {
  const params: [string, RawObject][] = [];
  const paths = new Map<string, Path>();
  for (const written of keys) {
    const at = cursor.at(written);
    const key = readParamKey(at, written);
    if (key !== undefined && paths.has(key.name)) at.fail(`the param "${key.name}" is defined twice`);
    const read = key === undefined ? undefined : definition(at, key);
    if (key === undefined || read === undefined) continue;
    params.push([key.name, read]);
    paths.set(key.name, at.path);
  }
  return { params: Object.fromEntries(params), paths };
}

/** placeParams remembers where params that end up below `model` were written. */
export function placeParams({ paths }: ReadParams, model: Path, origins: Origins): void {
  for (const [name, path] of paths) origins.rewrite(child(model, name), path);
}
