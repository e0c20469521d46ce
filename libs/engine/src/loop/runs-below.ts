import { isTerminalStep } from '@maestro/domain';
import { LimitReached, type ParamFunctionPorts } from '@maestro/params';
import { HostError } from '@maestro/sel';
import { namedSteps } from '../named-steps.js';
import type { PlanStep } from '../plan.js';
import type { RunReader } from '../run-reader.js';
import type { StepState } from '../state.js';
import { isUpstream } from '../upstream.js';

/** RunsBelow is a step whose runs an expression reads a param of: where to look. */
export interface RunsBelow {
  readonly planStep: PlanStep;
  readonly step: StepState;
}

/** runsBelowPorts refuse what cannot be; what can is read from other runs, and has to be waited for. */
export function runsBelowPorts(run: RunReader, asking: number): ParamFunctionPorts {
  return {
    foreachParam: (id) => laterThan(runsBelow(run, asking, id, 'foreach')),
    subworkflowParam: (id) => laterThan(runsBelow(run, asking, id, 'subworkflow')),
  };
}

function laterThan(_: RunsBelow): never {
  throw new LimitReached('the params of other runs');
}

/** runsBelow finds the upstream step whose runs a function names. Throws HostError when there is none, or it has not ended. */
export function runsBelow(run: RunReader, asking: number, id: string, runs: 'foreach' | 'subworkflow'): RunsBelow {
  const [ordinal] = namedSteps(run.plan, asking, id);
  const planStep = ordinal === undefined ? undefined : run.plan.steps[ordinal];
  if (ordinal === undefined || planStep?.runs !== runs) throw new HostError(`there is no ${runs} step ${id}`);
  const step = run.step(ordinal);
  const readable = step !== undefined && isTerminalStep(step.status) && isUpstream(run.plan, ordinal, asking);
  if (!readable) throw new HostError(`${runs} step ${id} has not ended, or is not upstream`);
  return { planStep, step };
}
