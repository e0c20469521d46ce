import type { StepBody } from '../api/bodies.js';
import type { Cli } from '../cli.js';
import { durationText } from '../print/time.js';
import { oneLine } from '../print/width.js';
import { messageOf, runName, statusOf, type RunState } from './run-state.js';
import type { View } from './view.js';

/** plainView writes a line for every change: for logs and pipes. Times count from the creation of the run. */
export function plainView({ terminal, now }: Pick<Cli, 'terminal' | 'now'>): View {
  const shown = new Map<string, string>();
  let isLost = false;
  const changed = (key: string, line: string): boolean => shown.get(key) !== line && shown.set(key, line) === shown;
  return {
    show: (state) => {
      if (isLost) terminal.out('connected again\n');
      isLost = false;
      const { instance, steps } = state;
      const run = `${runName(instance)} ${instance.status}`;
      if (changed('', run)) terminal.out(`${offset(state, instance.end_time ?? instance.start_time, now())} ${run}\n`);
      for (const step of steps) {
        const line = stepLine(step);
        if (statusOf(step) === 'NOT_CREATED' || !changed(`/${step.step_id}`, line)) continue;
        terminal.out(`${offset(state, step.runtime_state?.modify_time, now())}   ${line}\n`);
      }
    },
    lost: (reason) => {
      if (!isLost) terminal.out(`${reason} Trying to connect again...\n`);
      isLost = true;
    },
    close: () => undefined,
  };
}

function stepLine(step: StepBody): string {
  const attempt = step.step_attempt_id > 1n ? ` (attempt ${step.step_attempt_id})` : '';
  const message = oneLine(messageOf(step.timeline));
  return `${step.step_id} ${statusOf(step)}${attempt}${message === '' ? '' : `: ${message}`}`;
}

function offset({ instance }: RunState, instant: bigint | undefined, now: number): string {
  const passed = (instant === undefined ? now : Number(instant)) - Number(instance.create_time ?? instant ?? 0n);
  return `+${durationText(passed)}`.padStart(8);
}
