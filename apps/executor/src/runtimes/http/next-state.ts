import type { Json, JsonObject } from '@maestro/domain';
import type { Evaluator } from '@maestro/evaluation';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { SelData } from '@maestro/sel';
import { DEFAULT_STATE_EXPR } from '@maestro/steps';
import { paramsOf, isJsonObject } from '../params.js';
import type { RuntimeOutcome } from '../runtime.js';
import type { HttpAnswer } from '@maestro/outbound';

/** NextState is what a step makes of an answer: an end, or CONTINUE, which asks again. */
export type NextState =
  | { readonly state: Exclude<RuntimeOutcome, 'STOPPED'> | 'CONTINUE' }
  /** The expression of the user failed; `message` says why. */
  | { readonly state: 'FATAL_ERROR'; readonly message: string };

/** The states of the original that a user may name (spec, part 1 §1.7). */
const STATES: ReadonlySet<string> = new Set(['DONE', 'CONTINUE', 'USER_ERROR', 'PLATFORM_ERROR', 'FATAL_ERROR']);

export interface StateDeps {
  readonly evaluator: Evaluator;
  now(): number;
}

/** nextState evaluates `state_expr` with the params of the step, `status_code` and `response_body`. */
export async function nextState(deps: StateDeps, task: Task, answer: HttpAnswer): Promise<NextState> {
  const params = paramsOf(task);
  const text = params['state_expr'];
  if (typeof text !== 'string' || text === '' || text === DEFAULT_STATE_EXPR) return { state: byStatus(answer) };
  const evaluated = await deps.evaluator.expression({
    text,
    path: 'state_expr',
    variables: variablesOf(params, answer),
    at: deps.now(),
    seed: task.runKey + BigInt(task.attempt),
    owner: task.workflowId,
  });
  if (evaluated.kind === 'value') return named(evaluated.value, evaluated.type);
  const [violation] = evaluated.violations;
  const where = violation?.line === undefined ? '' : ` (line ${violation.line}, column ${violation.column})`;
  const excerpt = violation?.excerpt === undefined ? '' : `\n${violation.excerpt}`;
  return { state: 'FATAL_ERROR', message: `state_expr ${violation?.message}${where}${excerpt}` };
}

/** The default of `state_expr`. */
function byStatus({ statusCode }: HttpAnswer): 'DONE' | 'FATAL_ERROR' | 'USER_ERROR' {
  if (statusCode >= 200 && statusCode < 300) return 'DONE';
  return statusCode >= 400 && statusCode < 500 ? 'FATAL_ERROR' : 'USER_ERROR';
}

function named(value: SelData | undefined, type: string): NextState {
  if (typeof value === 'string' && STATES.has(value)) return { state: value as NextState['state'] };
  const given = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : `a ${type}`;
  return { state: 'FATAL_ERROR', message: `state_expr has to give one of ${[...STATES].join(', ')} but gave ${given}` };
}

function variablesOf(params: JsonObject, answer: HttpAnswer): ReadonlyMap<string, SelData> {
  const { statusCode, body } = answer;
  return new Map<string, SelData>([...entriesOf(params), ['status_code', BigInt(statusCode)], ['response_body', body]]);
}

function entriesOf(values: JsonObject): [string, SelData][] {
  return Object.entries(values).flatMap(([name, value]): [string, SelData][] =>
    value === undefined ? [] : [[name, dataOf(value)]],
  );
}

/** Evaluated params hold scalars, arrays of one scalar type and maps: nothing else can arrive. */
function dataOf(value: Json): SelData {
  if (isJsonObject(value)) return new Map(entriesOf(value));
  return value as SelData;
}
