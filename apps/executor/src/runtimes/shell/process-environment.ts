import type { Json, JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { isJsonObject, textOf } from '../params.js';
import type { RuntimeContext } from '../runtime.js';

/** Params that shape the process itself and are not handed to the script. */
const OWN_PARAMS: ReadonlySet<string> = new Set(['script', 'interpreter', 'env', 'working_dir']);
/** Linux refuses a single variable over 128 KB (MAX_ARG_STRLEN), and with it the whole process. */
const MAX_VALUE_CHARS = 100_000;

const BASE: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
};

/** ProcessEnvironment is the whole environment of a script: nothing of the executor's own gets in. */
export interface ProcessEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Params too long for the environment of a process. */
  readonly omitted: readonly string[];
}

/**
 * processEnvironment hands params to a script as data, never as text of the script: MAESTRO_PARAM_<NAME> (capitals;
 * anything but letters and digits becomes `_`), lists and maps as JSON.
 */
export function processEnvironment(
  task: Task,
  params: JsonObject,
  context: RuntimeContext,
  scratch: string,
): ProcessEnvironment {
  const given = Object.entries(params).filter(([name, value]) => value !== undefined && !OWN_PARAMS.has(name));
  const texts = given.map(([name, value]) => [name, textOf(value as Json)] as const);
  const fits = texts.filter(([, text]) => text.length <= MAX_VALUE_CHARS);
  return {
    variables: {
      ...BASE,
      HOME: scratch,
      TMPDIR: scratch,
      ...userVariables(params['env']),
      ...Object.fromEntries(fits.map(([name, text]) => [variableName(name), text])),
      ...identity(task, context),
      MAESTRO_OUTPUT: `${scratch}/output.json`,
    },
    omitted: texts.filter(([, text]) => text.length > MAX_VALUE_CHARS).map(([name]) => name),
  };
}

function variableName(param: string): string {
  return `MAESTRO_PARAM_${param.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

function userVariables(env: Json | undefined): Record<string, string> {
  if (!isJsonObject(env)) return {};
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, textOf(value ?? '')]));
}

function identity(task: Task, context: RuntimeContext): Record<string, string> {
  return {
    MAESTRO_WORKFLOW_ID: task.workflowId,
    MAESTRO_INSTANCE_ID: String(task.workflowInstanceId),
    MAESTRO_RUN_ID: String(task.workflowRunId),
    MAESTRO_STEP_ID: task.stepId,
    MAESTRO_ATTEMPT: String(task.attempt),
    MAESTRO_ATTEMPT_ID: context.attemptId,
    ...(context.traceparent === undefined ? {} : { TRACEPARENT: context.traceparent }),
  };
}
