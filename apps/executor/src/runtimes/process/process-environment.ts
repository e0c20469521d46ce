import type { Json, JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { isJsonObject, textOf } from '../params.js';
import type { RuntimeContext } from '../runtime.js';

/** Linux refuses a single variable over 128 KB (MAX_ARG_STRLEN), and with it the whole process. */
const MAX_VALUE_BYTES = 100_000;
/** All variables and arguments together must fit into a quarter of the stack's limit, usually 2 MiB (execve(2)). */
const MAX_ALL_BYTES = 1_000_000;

/** ParamVariables are params as environment, and those that do not fit. */
interface ParamVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** Params too long for the environment of a process: they are in the JSON file alone. */
  readonly omitted: readonly string[];
}

/** paramVariables are MAESTRO_PARAM_<NAME>: capitals, anything but letters and digits becomes `_`, lists and maps as JSON. */
export function paramVariables(params: JsonObject): ParamVariables {
  const variables: Record<string, string> = {};
  const omitted: string[] = [];
  let all = 0;
  for (const [name, value] of Object.entries(params)) {
    const text = textOf(value ?? null);
    const bytes = Buffer.byteLength(text);
    // A NUL cannot be in an environment at all.
    if (bytes > MAX_VALUE_BYTES || all + bytes > MAX_ALL_BYTES || text.includes('\0')) {
      omitted.push(name);
      continue;
    }
    all += bytes;
    variables[`MAESTRO_PARAM_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`] = text;
  }
  return { variables, omitted };
}

/** userVariables are the entries of the param `env`. */
export function userVariables(env: Json | undefined): Record<string, string> {
  if (!isJsonObject(env)) return {};
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, textOf(value ?? '')]));
}

/** identityVariables tell a process which attempt it is; MAESTRO_ATTEMPT_ID is the idempotency key. */
export function identityVariables(task: Task, context: RuntimeContext): Record<string, string> {
  return {
    MAESTRO_WORKFLOW_ID: task.workflowId,
    MAESTRO_INSTANCE_ID: String(task.workflowInstanceId),
    MAESTRO_RUN_ID: String(task.workflowRunId),
    MAESTRO_STEP_ID: task.stepId,
    MAESTRO_ATTEMPT: String(task.attempt),
    MAESTRO_ATTEMPT_ID: context.attemptId,
    ...(context.traceparent === undefined ? {} : { TRACEPARENT: context.traceparent }),
    ...(context.access === undefined
      ? {}
      : { MAESTRO_API_URL: context.access.url, MAESTRO_OUTPUT_TOKEN: context.access.token }),
  };
}
