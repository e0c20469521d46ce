import type { Plan } from '../plan.js';
import type { RunState, StepState } from '../state.js';

/** RunsUnderWay are the runs that a step has started and that have not ended: as many as its loop's concurrency at most. */
export interface RunsUnderWay {
  readonly ordinal: number;
  /** Instance ids: numbers of iterations, from 1, or the instance of a subworkflow. */
  readonly instances: readonly bigint[];
}

/** runsUnderWay finds the runs below a run that go on; a step that has ended waits for none. */
export function runsUnderWay(plan: Pick<Plan, 'nested'>, { steps }: Pick<RunState, 'steps'>): readonly RunsUnderWay[] {
  return plan.nested.flatMap(({ ordinal }) => {
    const step = steps.get(ordinal);
    const instances = step === undefined || step.times.end !== undefined ? [] : instancesOf(step);
    return instances.length === 0 ? [] : [{ ordinal, instances }];
  });
}

function instancesOf({ loop, child }: StepState): readonly bigint[] {
  if (loop !== undefined) return loop.running.map((index) => BigInt(index + 1));
  return child === undefined || child.status !== undefined ? [] : [BigInt(child.instanceId)];
}
