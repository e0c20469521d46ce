import type { Json } from '@maestro/domain';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import type { OutputData } from '../../ports/output-data-store.js';
import type { OutputDocument } from '../../runtimes/output-document.js';
import { isJsonObject } from '../../runtimes/params.js';
import type { RuntimeResult } from '../../runtimes/runtime.js';

type Members = Readonly<Record<string, Json>>;

/** Params of these types are merged key by key, others replaced (spec, part 1 §2.9). */
const MAPS: readonly unknown[] = ['MAP', 'STRING_MAP'];

/** merged is data with a later document over it. */
export function merged(before: OutputData, { outputParamsJson, artifactsJson }: OutputDocument): OutputData {
  return {
    params: mergedParams(before.params, membersOf(outputParamsJson)),
    artifacts: mergedArtifacts(before.artifacts, membersOf(artifactsJson)),
  };
}

/** withOutputData is a result with what was put before its end under what it says itself. */
export function resultWith(result: RuntimeResult, data: OutputData): RuntimeResult {
  const { params, artifacts } = merged(data, result);
  return {
    ...result,
    ...(Object.keys(params).length === 0 ? {} : { outputParamsJson: encodeExactJson(params) }),
    ...(Object.keys(artifacts).length === 0 ? {} : { artifactsJson: encodeExactJson(artifacts) }),
  };
}

function membersOf(document: Uint8Array | undefined): Members {
  const value = document === undefined ? undefined : decodeExactJson(document);
  return isJsonObject(value) ? (value as Members) : {};
}

function mergedParams(before: Members, after: Members): Members {
  const entries = Object.entries(after).map(([name, param]) => [name, mergedParam(before[name], param)] as const);
  return { ...before, ...Object.fromEntries(entries) };
}

function mergedParam(before: Json | undefined, after: Json): Json {
  if (!isJsonObject(before) || !isJsonObject(after) || before['type'] !== after['type']) return after;
  const [old, value] = [before['value'], after['value']];
  if (!MAPS.includes(after['type']) || !isJsonObject(old) || !isJsonObject(value)) return after;
  return { ...after, value: { ...old, ...value } };
}

function mergedArtifacts(before: Members, after: Members): Members {
  const entries = Object.entries(after).map(([name, value]) => [name, mergedArtifact(before[name], value)] as const);
  return { ...before, ...Object.fromEntries(entries) };
}

function mergedArtifact(before: Json | undefined, after: Json): Json {
  return isJsonObject(before) && isJsonObject(after) ? { ...before, ...after } : after;
}
