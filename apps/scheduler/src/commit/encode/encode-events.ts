import type { Plan, RunChange, RunHeader, RunState, StepState } from '@maestro/engine';
import { instanceStatusToProto, stepStatusToProto } from '@maestro/wire';
import { MessageWriter } from './message-writer.js';
import { planNames, workflowIdOf } from './plan-names.js';

/** encodeRunChanged is the RunChanged of one run's change, for outsiders; undefined when no status changed. `version` is that of its row. */
export function encodeRunChanged(
  plan: Plan,
  before: RunState,
  change: RunChange,
  version: number,
): Uint8Array | undefined {
  const { header, steps } = change;
  const ownStatus = before.header.status !== header.status;
  const changed = steps.filter((step) => formerStatus(before, step) !== step.status);
  if (!ownStatus && changed.length === 0) return undefined;
  const names = planNames(plan);
  const writer = new MessageWriter()
    .bytes(1, workflowIdOf(plan, header))
    .long(2, header.instanceId)
    .long(3, header.runId)
    .text(4, header.requestId)
    .text(5, header.correlationId)
    .text(6, header.tenant);
  if (ownStatus) {
    writer.int(7, instanceStatusToProto(before.header.status)).int(8, instanceStatusToProto(header.status));
    writer.long(9, timeOf(header));
  }
  for (const step of changed) writer.item(10, encodeStep(names.steps[step.ordinal]?.id, before, step));
  return writer.int(11, version).finish();
}

/** encodeEventBatch is the RunEventBatch of a commit; undefined when there is nothing to tell. */
export function encodeEventBatch(runs: readonly Uint8Array[]): Uint8Array | undefined {
  if (runs.length === 0) return undefined;
  const batch = new MessageWriter();
  for (const run of runs) batch.item(1, run);
  return batch.finish();
}

function encodeStep(id: Uint8Array | undefined, before: RunState, step: StepState): Uint8Array {
  return new MessageWriter()
    .bytes(1, id ?? new Uint8Array())
    .int(2, step.attempt)
    .int(3, stepStatusToProto(formerStatus(before, step)))
    .int(4, stepStatusToProto(step.status))
    .long(5, step.times.end ?? step.times.execute ?? step.times.start ?? step.times.create ?? 0)
    .finish();
}

function formerStatus(before: RunState, step: StepState): StepState['status'] {
  const known = before.steps.get(step.ordinal);
  return known?.attempt === step.attempt ? known.status : 'NOT_CREATED';
}

function timeOf({ endTime, startTime, createTime }: RunHeader): number {
  return endTime ?? startTime ?? createTime;
}
