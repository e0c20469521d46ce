import { MaestroError, type Json, type JsonObject } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import { PRESETS, type Limits } from '@maestro/sel';
import { InputError } from './input-error.js';
import { limitsOf } from './limits.js';
import type { Question } from './playground.js';
import { paramsOf } from './sel-data.js';

/** Text that JSON calls white space. */
const BLANK = /^[ \t\r]*$/;

/**
 * readBatchLine reads one line of a batch, `{expr, params?, limits?, now_ms?}`; members of other names are left alone.
 * @throws InputError, MaestroError with the place of what is no JSON
 */
export function readBatchLine(line: string, now: () => number): Question {
  if (BLANK.test(line)) throw new InputError('the line is empty');
  const json = parseJsonText(line);
  if (!isObject(json)) throw new InputError('the line must hold a JSON object');
  const { expr, params, limits, now_ms: nowMs } = json;
  if (typeof expr !== 'string') throw new InputError('expr must be a string');
  return { expr, params: paramsOf(params ?? undefined), limits: limitsFrom(limits), nowMs: momentOf(nowMs, now) };
}

/** columnOf is where the JSON of a line is wrong, from 1. */
export function columnOf(error: unknown): number {
  return (error instanceof MaestroError ? error.violations[0]?.column : undefined) ?? 1;
}

function limitsFrom(json: Json | undefined): Limits {
  if (json === undefined || json === null) return PRESETS.FULL;
  if (!isObject(json)) throw new InputError('limits must be an object of names and counts');
  return limitsOf(json);
}

function momentOf(json: Json | undefined, now: () => number): number {
  if (json === undefined || json === null) return now();
  if (typeof json === 'bigint' && Number.isSafeInteger(Number(json))) return Number(json);
  throw new InputError('now_ms must be a whole number: milliseconds since the epoch');
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
