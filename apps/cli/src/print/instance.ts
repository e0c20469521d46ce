import type { InstanceBody, StepBody } from '../api/bodies.js';
import type { Cli, Colors } from '../cli.js';
import { messageOf, runName, statusOf, withUpdate } from '../watch/run-state.js';
import { userName } from './names.js';
import { paintStatus, signOf } from './status.js';
import { fieldsOf, tableOf } from './table.js';
import { instantText, spanText } from './time.js';
import { paramLines, section } from './values.js';
import { cut, oneLine } from './width.js';

const MAX_MESSAGE = 80;

/** instanceText shows a run: where it stands, its params, and its steps in the order of the graph. */
export function instanceText(
  instance: InstanceBody,
  steps: readonly StepBody[],
  { colors, now }: Pick<Cli, 'colors' | 'now'>,
): string {
  const { status, workflow_run_id: run, workflow_version_id: version, initiator } = instance;
  const by = [initiator?.type.toLowerCase(), userName(initiator?.user)].filter(Boolean).join(' by ');
  const fields = fieldsOf(
    {
      instance: colors.bold(runName(instance)),
      status: paintStatus(status, `${signOf(status)} ${status}`, colors),
      run: `${run} of version ${version}`,
      started: [instantText(instance.start_time ?? instance.create_time, now()), by].filter(Boolean).join(', '),
      took: spanText(instance.start_time, instance.end_time, now()),
      message: messageOf(instance.timeline),
      parked: instance.parked_reason,
    },
    colors,
  );
  const ordered = withUpdate(undefined, { instance, steps })?.steps ?? [];
  const rows = ordered.map((step) => stepRow(step, now(), colors));
  const table = tableOf(['STEP', 'STATUS', 'TOOK', 'ATTEMPT', 'MESSAGE'], rows, colors);
  return `${fields}${section('params', paramLines(instance.params))}\n${table}`;
}

function stepRow(step: StepBody, now: number, colors: Colors): string[] {
  const status = statusOf(step);
  return [
    step.step_id,
    paintStatus(status, `${signOf(status)} ${status}`, colors),
    spanText(step.runtime_state?.start_time, step.runtime_state?.end_time, now),
    status === 'NOT_CREATED' ? '' : String(step.step_attempt_id),
    cut(oneLine(messageOf(step.timeline)), MAX_MESSAGE),
  ];
}
