import { PARAM_MODES, type ParamMode, type ParamType, suggestion } from '@maestro/domain';
import type { Cursor } from '../reading/cursor.js';
import { constant } from '../reading/scalars.js';

/** TYPE_HINTS are the types that may stand in a key: `limit<long>`. */
const TYPE_HINTS: ReadonlyMap<string, ParamType> = new Map<string, ParamType>(
  Object.entries({
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
  } as const),
);

/** ParamKey is what the key of a param says: `!name<type>(mode)`. */
export interface ParamKey {
  readonly name: string;
  /** With `!` the value is an expression. */
  readonly isExpression: boolean;
  readonly type?: ParamType;
  readonly mode?: ParamMode;
}

const KEY = /^(!?)([^<(]*)(?:<([^(]+)>)?(?:\(([^)]*)\))?$/;

function typeOf(cursor: Cursor, hint: string): ParamType | undefined {
  const hints = [...TYPE_HINTS.keys()];
  const type = TYPE_HINTS.get(hint.toLowerCase().replaceAll(' ', ''));
  return type ?? cursor.fail(`"${hint}" is not a type of param (${hints.join(', ')})${suggestion(hint, hints)}`);
}

/** readParamKey takes the key of a param apart; undefined after noting what is wrong with it. */
export function readParamKey(cursor: Cursor, key: string): ParamKey | undefined {
  const match = KEY.exec(key.trim());
  if (!match) return cursor.fail(`"${key}" is not a param key such as name, !name, name<long> or name(constant)`);
  const [, bang, name = '', hint, modeText] = match;
  const type = hint === undefined ? undefined : typeOf(cursor, hint.trim());
  const mode = modeText === undefined ? undefined : constant(cursor, modeText.trim(), PARAM_MODES);
  if ((hint !== undefined && type === undefined) || (modeText !== undefined && mode === undefined)) return undefined;
  return {
    name: name.trim(),
    isExpression: bang === '!',
    ...(type === undefined ? {} : { type }),
    ...(mode === undefined ? {} : { mode }),
  };
}
