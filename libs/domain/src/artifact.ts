import type { Json, JsonObject } from './json.js';

/** DYNAMIC_OUTPUT is the artifact in which an execution names further signals to announce. */
export const DYNAMIC_OUTPUT = 'maestro_dynamic_output';

const FAILED_OUTPUT = 'maestro_failed_output';

/** failedOutput is the artifact that keeps the output params of a failed step, in the JSON shape of definitions: not applied, but to be looked at. */
export function failedOutput(params: Json): JsonObject {
  return { [FAILED_OUTPUT]: { type: 'DEFAULT', params } };
}
