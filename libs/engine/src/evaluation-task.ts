import type { ParamDefinitions, Millis } from '@maestro/domain';
import type { ConditionOutcome, ParamScope, ParamsOutcome } from '@maestro/params';
import { PRESETS, type Environment } from '@maestro/sel';
import type { Evaluations } from './evaluations.js';

/** Asked is one thing to evaluate, as data and a scope: it may be evaluated anywhere. */
export type Asked = AskedParams | AskedCondition;

interface Common {
  readonly scope: ParamScope;
  readonly at: Millis;
  /** Follows from what is evaluated: asked again, chance is the same. */
  readonly seed: bigint;
}

/** AskedParams is a ParamsRequest without what the one who evaluates brings along. */
export interface AskedParams extends Common {
  readonly kind: 'params';
  readonly definitions: ParamDefinitions;
  readonly defaults: ParamDefinitions;
}

/** AskedCondition is one BOOLEAN expression; `path` names it. */
export interface AskedCondition extends Common {
  readonly kind: 'condition';
  readonly text: string;
  readonly path: string;
}

/** Answered is what came of it, in the form of its kind. */
export type Answered = ParamsOutcome | ConditionOutcome;

/**
 * EvaluationTask is an evaluation in two halves: what has to be evaluated, and what follows from the answers. Between them may lie
 * another thread.
 */
export interface EvaluationTask<T> {
  readonly asked: readonly Asked[];
  /** Answers in the order of `asked`. */
  follow(answers: readonly Answered[]): T;
}

/**
 * evaluationTask takes an evaluation apart by doing it twice: first to note what it asks for, then with the answers. `work` must ask
 * for the same whenever it is done.
 */
export function evaluationTask<T>(work: (evaluations: Evaluations) => T): EvaluationTask<T> {
  const asked: Asked[] = [];
  work(noting(asked));
  return { asked, follow: (answers) => work(answering(answers)) };
}

/** Nothing is evaluated: every answer is the one after which the work asks for all the rest. */
function noting(asked: Asked[]): Evaluations {
  return {
    params: ({ definitions, defaults = {}, scope, at, environment }) => {
      asked.push({ kind: 'params', definitions, defaults, scope, at, seed: seedFrom(environment) });
      return { kind: 'exhausted', limit: 'fuel' };
    },
    condition: (text, scope, { path = 'condition', environment }) => {
      asked.push({ kind: 'condition', text, path, scope, at: environment?.nowMs ?? 0, seed: seedFrom(environment) });
      return { kind: 'value', value: false };
    },
  };
}

/** The limits do not matter: what is answered has been evaluated. */
function answering(answers: readonly Answered[]): Evaluations {
  let next = 0;
  const take = (): Answered => {
    const answer = answers[next];
    next += 1;
    if (answer === undefined) throw new Error('an evaluation asked for more than it did before');
    return answer;
  };
  return { params: () => take() as ParamsOutcome, condition: () => take() as ConditionOutcome };
}

const SEEDS = 2 ** 53;

function seedFrom(environment: Environment | undefined): bigint {
  return environment === undefined ? 0n : BigInt(Math.floor(environment.random() * SEEDS));
}

/** ANY_LIMITS is for work whose evaluations are done elsewhere. */
export const ANY_LIMITS = PRESETS.FULL;
