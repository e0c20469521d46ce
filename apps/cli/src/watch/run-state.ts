import type { StepStatus } from '@maestro/domain';
import type { InstanceBody, StepBody, TimelineBody } from '../api/bodies.js';
import { dagOrder } from './dag-order.js';

/** RunUpdate is what a `run` event says: the run and the steps that changed, first all of them. */
export interface RunUpdate {
  readonly instance?: InstanceBody;
  readonly steps?: readonly StepBody[];
}

/** RunState is all that is known of a run. */
export interface RunState {
  readonly instance: InstanceBody;
  /** In the order of the graph. */
  readonly steps: readonly StepBody[];
}

/** withUpdate is the state after an update; undefined before the first that names the run. */
export function withUpdate(state: RunState | undefined, update: RunUpdate): RunState | undefined {
  if (state === undefined && update.instance === undefined) return undefined;
  // Later updates leave out what does not change: the definition and the params.
  const instance = { ...state?.instance, ...update.instance } as InstanceBody;
  const byId = new Map([...(state?.steps ?? []), ...(update.steps ?? [])].map((step) => [step.step_id, step]));
  const isNew = byId.size !== state?.steps.length;
  const ids = isNew ? dagOrder([...byId.keys()], instance.runtime_dag ?? {}) : state.steps.map((step) => step.step_id);
  return { instance, steps: ids.map((id) => byId.get(id)).filter((step) => step !== undefined) };
}

/** statusOf is the status of a step; one that is not created yet has no runtime state. */
export function statusOf(step: StepBody): StepStatus {
  return step.runtime_state?.status ?? 'NOT_CREATED';
}

/** messageOf is what was last said about a step or run, if anything. */
export function messageOf(timeline: readonly TimelineBody[] | undefined): string {
  const said = timeline?.filter(({ message }) => message !== undefined && message !== '');
  return said?.at(-1)?.message ?? '';
}

/** isFailure: the step ended badly and is not tried again. */
export function isFailure(status: StepStatus): boolean {
  return ['FATALLY_FAILED', 'INTERNALLY_FAILED', 'TIMED_OUT', 'COMPLETED_WITH_ERROR'].includes(status);
}

/** runName is `workflow/instance`, as commands take it. */
export function runName({ workflow_id: id, workflow_instance_id: instance }: InstanceBody): string {
  return `${id}/${instance}`;
}
