import type { Millis } from '@maestro/domain';
import type { Limits } from '@maestro/sel';
import type { Command } from './decision.js';
import { chooseSuccessors, evaluateLoopCondition, evaluateStepParams } from './evaluation.js';
import type { EvaluationResult } from './event.js';
import type { Plan } from './plan.js';
import type { RunReader } from './run-reader.js';
import { ANY_LIMITS, evaluationTask, type EvaluationTask } from './evaluation-task.js';
import type { Evaluations } from './evaluations.js';
import { evaluateDependencies } from './signals/evaluate-dependencies.js';
import { evaluateOutputs } from './signals/evaluate-outputs.js';
import type { RunState, StepState } from './state.js';

type Evaluate = Extract<Command, { type: 'evaluate' }>;

/**
 * answerEvaluation does what an `evaluate` command asks for, within `limits`; the shell feeds the result back as `evaluated`. It may
 * take long and is done apart from a decision. undefined = nobody waits for it any more.
 */
export function answerEvaluation(
  plan: Plan,
  state: RunState,
  command: Evaluate,
  at: Millis,
  limits: Limits,
  evaluations?: Evaluations,
): EvaluationResult | undefined {
  const step = state.steps.get(command.ordinal);
  if (step?.attempt !== command.attempt || step.evaluating !== command.phase) return undefined;
  const run: RunReader = { plan, header: state.header, step: (ordinal) => state.steps.get(ordinal), evaluations };
  if (command.phase === 'params') return answerParams(run, step, at, limits);
  if (command.phase === 'dependencies') return answerDependencies(run, step, limits);
  if (command.phase === 'announcements') return answerAnnouncements(run, step, limits);
  return command.phase === 'loop' ? answerLoop(run, step, limits) : answerConditions(run, step, limits);
}

/** stepEvaluation is what an `evaluate` command asks for, to be answered elsewhere; its end is as that of answerEvaluation. */
export function stepEvaluation(
  plan: Plan,
  state: RunState,
  command: Evaluate,
  at: Millis,
): EvaluationTask<EvaluationResult | undefined> {
  return evaluationTask((evaluations) => answerEvaluation(plan, state, command, at, ANY_LIMITS, evaluations));
}

function answerDependencies(run: RunReader, step: StepState, limits: Limits): EvaluationResult {
  const tried = evaluateDependencies(run, step, limits);
  if (tried.kind === 'value') return { kind: 'dependencies', dependencies: tried.value };
  return tried.kind === 'exhausted' ? TOO_MUCH : tried;
}

function answerAnnouncements(run: RunReader, step: StepState, limits: Limits): EvaluationResult {
  const tried = evaluateOutputs(run, step, limits);
  if (tried.kind === 'value') return { kind: 'announcements', outputs: tried.value };
  return tried.kind === 'exhausted' ? TOO_MUCH : tried;
}

function answerLoop(run: RunReader, step: StepState, limits: Limits): EvaluationResult {
  const tried = evaluateLoopCondition(run, step, limits);
  if (tried.kind === 'value') return { kind: 'loop', holds: tried.value };
  return tried.kind === 'exhausted' ? TOO_MUCH : tried;
}

const TOO_MUCH: EvaluationResult = {
  kind: 'error',
  message: 'The expressions of the step need more than an evaluation may use: simplify them.',
};

function answerParams(run: RunReader, step: StepState, at: Millis, limits: Limits): EvaluationResult {
  const tried = evaluateStepParams(run, step, at, limits);
  if (tried.kind === 'value') return { kind: 'params', params: tried.value };
  return tried.kind === 'exhausted' ? TOO_MUCH : tried;
}

/** In a step whose failure is ignored a condition that fails counts as false; in any other it fails the step. */
function answerConditions(run: RunReader, step: StepState, limits: Limits): EvaluationResult {
  const tried = chooseSuccessors(run, step, limits);
  if (tried.kind === 'exhausted') return TOO_MUCH;
  if (tried.kind === 'error') return tried;
  const { taken, failures } = tried.value;
  if (step.status !== 'FINISHING' || failures.length === 0) return { kind: 'conditions', taken };
  return { kind: 'error', message: failures.join('; ') };
}
