import { MaestroError, type Json, type ParamDefinitions } from '@maestro/domain';
import type { DefaultParams } from '@maestro/params';
import { readParamDefinitions } from './read.js';

/** Keys of a configuration of default params, in either spelling. */
const KEYS: ReadonlyMap<string, keyof DefaultParams> = new Map<string, keyof DefaultParams>([
  ['workflow', 'workflow'],
  ['step', 'step'],
  ['dry_run', 'dryRun'],
  ['dry-run', 'dryRun'],
  ['by_type', 'byType'],
  ['by-type', 'byType'],
]);

/**
 * readDefaultParams reads configured default params: `{workflow, step, dry_run, by_type}`, the last one by name of a step type (the
 * original's `maestro.default-params`). @throws MaestroError INVALID_PARAM
 */
export function readDefaultParams(json: Json): Partial<DefaultParams> {
  const read = Object.entries(objectOf(json, 'the default params')).map(([key, value]) => {
    const known = KEYS.get(key);
    if (known === undefined) throw refused(`${key} is none of ${[...KEYS.keys()].join(', ')}`);
    return [known, known === 'byType' ? byType(value) : readParamDefinitions(value, key)] as const;
  });
  return Object.fromEntries(read);
}

function byType(json: Json): Readonly<Record<string, ParamDefinitions>> {
  const types = Object.entries(objectOf(json, 'by_type'));
  return Object.fromEntries(types.map(([type, params]) => [type, readParamDefinitions(params, `by_type.${type}`)]));
}

function objectOf(json: Json, what: string): Readonly<Record<string, Json>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Readonly<Record<string, Json>>;
  throw refused(`${what} must be an object`);
}

function refused(message: string): MaestroError {
  return new MaestroError('INVALID_PARAM', `Default params: ${message}.`);
}
