import type { Json, JsonObject } from '@maestro/domain';
import { isJsonObject } from './params.js';

const FIELDS: ReadonlySet<string> = new Set(['name', 'params', 'payload']);

/**
 * readOutputSignals reads the signals that user code announces: a list of `{name, params?, payload?}`, or of names alone.
 * Params are what waiting steps match by: texts and whole numbers. Throws an Error that says what is wrong and where.
 */
export function readOutputSignals(value: Json): readonly JsonObject[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new Error('"signals" must be a list of {name, params, payload}');
  return value.map((signal: Json, index) => readSignal(signal, `signals[${index}]`));
}

function readSignal(given: Json, path: string): JsonObject {
  const signal = typeof given === 'string' ? { name: given } : given;
  if (!isJsonObject(signal)) throw new Error(`"${path}" must be {name, params, payload} or a name`);
  const { name, params, payload } = signal;
  if (typeof name !== 'string' || name === '') throw new Error(`"${path}.name" must be the name of a signal`);
  const unknown = Object.keys(signal).find((field) => !FIELDS.has(field));
  if (unknown !== undefined)
    throw new Error(`"${path}.${unknown}" is not known: a signal has name, params and payload`);
  return { name, ...matchParams(params ?? null, path), ...anyPayload(payload ?? null, path) };
}

function matchParams(params: Json, path: string): { params?: JsonObject } {
  if (params === null) return {};
  if (!isJsonObject(params)) throw new Error(`"${path}.params" must be a JSON object`);
  const wrong = Object.entries(params).find(([, value]) => typeof value !== 'string' && typeof value !== 'bigint');
  if (wrong) throw new Error(`"${path}.params.${wrong[0]}" must be a text or a whole number (payload takes anything)`);
  return { params };
}

function anyPayload(payload: Json, path: string): { payload?: JsonObject } {
  if (payload === null) return {};
  if (!isJsonObject(payload)) throw new Error(`"${path}.payload" must be a JSON object`);
  return { payload };
}
