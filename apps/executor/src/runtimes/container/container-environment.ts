import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { exactJsonText } from '@maestro/wire';
import { outputTokensOf, tokenVariables } from '../output-tokens.js';
import { identityVariables, paramVariables, userVariables } from '../process/process-environment.js';
import type { RuntimeContext } from '../runtime.js';

/** Larger documents do not fit into one variable of a Linux process. */
const MAX_JSON_BYTES = 100_000;

/**
 * containerEnvironment is what a container finds in its environment: params as MAESTRO_PARAM_<NAME> and together as JSON in
 * MAESTRO_PARAMS_JSON, who it is, the output tokens, and the step's own `env`, which goes last and wins.
 */
export function containerEnvironment(
  task: Task,
  context: RuntimeContext,
  params: JsonObject,
  env: JsonObject[string],
): Record<string, string> {
  const { variables } = paramVariables(params);
  const json = exactJsonText(params);
  return {
    ...variables,
    ...(Buffer.byteLength(json) > MAX_JSON_BYTES ? {} : { MAESTRO_PARAMS_JSON: json }),
    ...identityVariables(task, context),
    ...tokenVariables(outputTokensOf(context.attemptId)),
    ...userVariables(env ?? null),
  };
}

/** withoutParams leaves the user's own params: those that shape the container are not for the code in it. */
export function withoutParams(params: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}
