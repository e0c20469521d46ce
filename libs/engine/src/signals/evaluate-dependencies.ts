import type { AwaitedSignal, Millis, Params, SignalDependency } from '@maestro/domain';
import { evaluateSignalDependency } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import { determinedEnvironment } from '../determined.js';
import { sentence, type Tried } from '../evaluation.js';
import { IN_THREAD } from '../evaluations.js';
import type { RunReader } from '../run-reader.js';
import type { StepState } from '../state.js';
import { stepScope } from '../step-scope.js';

const NO_PARAMS: Params = {};

/**
 * evaluateDependencies evaluates names and values of what a step depends on. They see params of the workflow and of finished steps; the
 * step's own are evaluated later, so that these can see the signals (specification §1.10).
 */
export function evaluateDependencies(run: RunReader, step: StepState, limits: Limits): Tried<readonly AwaitedSignal[]> {
  const dependencies = run.plan.steps[step.ordinal]?.definition.signalDependencies ?? [];
  const found: AwaitedSignal[] = [];
  let exhausted = false;
  for (const [index, dependency] of dependencies.entries()) {
    const tried = evaluateDependency(run, step, limits, dependency, index);
    if (tried.kind === 'error') return tried;
    if (tried.kind === 'exhausted') exhausted = true;
    else found.push(tried.value);
  }
  return exhausted ? { kind: 'exhausted' } : { kind: 'value', value: found };
}

function evaluateDependency(
  run: RunReader,
  step: StepState,
  limits: Limits,
  dependency: SignalDependency,
  index: number,
): Tried<AwaitedSignal> {
  const id = run.plan.steps[step.ordinal]?.id ?? '';
  const path = `signal_dependencies[${index}]`;
  const at = step.times.waitSignal ?? run.header.createTime;
  const { evaluations = IN_THREAD, plan, header } = run;
  const outcome = evaluateSignalDependency({
    dependency,
    scope: stepScope(run, step, NO_PARAMS, path),
    compiler: plan.compiler,
    limits,
    at,
    environment: determinedEnvironment(at, `${header.runKey}/${step.ordinal}/${step.attempt}/${path}`),
    path,
    evaluate: (request) => evaluations.params(request),
  });
  if (outcome.kind === 'exhausted') return { kind: 'exhausted' };
  if (outcome.kind === 'error')
    return { kind: 'error', message: sentence(`signals of step ${id}`, outcome.violations) };
  const since = sinceOf(dependency, header.startTime ?? header.createTime, at);
  const { latest } = dependency;
  return {
    kind: 'value',
    value: {
      ...outcome.value,
      status: 'PENDING',
      ...(since === undefined ? {} : { since }),
      ...(latest === undefined ? {} : { latest }),
    },
  };
}

/** Checked at push: anything else than the two words is an instant. */
function sinceOf({ since }: SignalDependency, runStart: Millis, activation: Millis): Millis | undefined {
  if (since === undefined) return undefined;
  if (since === 'run_start') return runStart;
  return since === 'activation' ? activation : Date.parse(since);
}
