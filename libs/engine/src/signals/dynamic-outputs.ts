import {
  DYNAMIC_OUTPUT,
  type AnnouncedSignal,
  type Json,
  type JsonObject,
  type SignalParamValue,
} from '@maestro/domain';

type Dynamic =
  | { readonly kind: 'value'; readonly value: readonly AnnouncedSignal[] }
  | { readonly kind: 'error'; readonly message: string };

/**
 * dynamicOutputs are signals that the execution of a step added, in the artifact `maestro_dynamic_output`: maps with a `name`, and either
 * `params` and `payload`, or anything else as the original has it: texts and whole numbers are params, the rest is payload (part 2, §3.5).
 */
export function dynamicOutputs(artifacts: JsonObject | undefined): Dynamic {
  const artifact = artifacts?.[DYNAMIC_OUTPUT];
  const outputs = isObject(artifact) ? (artifact['signal_outputs'] ?? []) : [];
  if (!Array.isArray(outputs)) return wrong('signal_outputs must be a list');
  const found: AnnouncedSignal[] = [];
  for (const [index, output] of outputs.entries()) {
    const map = valueOf(output as Json);
    const name = isObject(map) ? valueOf(map['name'] ?? null) : undefined;
    if (!isObject(map) || typeof name !== 'string' || name === '')
      return wrong(`signal_outputs[${index}] needs a name, which is a text`);
    found.push(signalOf(name, map));
  }
  return { kind: 'value', value: found };
}

function wrong(message: string): Dynamic {
  return { kind: 'error', message: `The artifact maestro_dynamic_output cannot be announced: ${message}.` };
}

function signalOf(name: string, map: JsonObject): AnnouncedSignal {
  const params: Record<string, SignalParamValue> = {};
  const payload: Record<string, Json> = {};
  const { name: _, params: given, payload: rest, ...flat } = map;
  const entries = Object.entries({ ...flat, ...(isObject(given) ? given : {}) });
  for (const [key, json] of entries) {
    const value = valueOf(json ?? null);
    if (typeof value === 'string' || typeof value === 'bigint') params[key] = value;
    else payload[key] = value;
  }
  const all = { ...payload, ...(isObject(rest) ? rest : {}) };
  return { name, params, ...(Object.keys(all).length === 0 ? {} : { payload: all }) };
}

/** A value may be wrapped as params are: `{"type": "STRING", "value": ..}`, or with its `evaluated_result`. */
function valueOf(json: Json): Json {
  if (!isObject(json) || !('type' in json)) return json;
  return json['evaluated_result'] ?? json['value'] ?? json;
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
