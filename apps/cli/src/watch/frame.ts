import { isTerminalStep } from '@maestro/domain';
import type { StepBody } from '../api/bodies.js';
import type { Colors } from '../cli.js';
import { isBusy, paintStatus, signOf } from '../print/status.js';
import { durationText, spanText } from '../print/time.js';
import { cut, oneLine, pad } from '../print/width.js';
import { isFailure, messageOf, runName, statusOf, type RunState } from './run-state.js';

/** FrameSettings are what a picture of a run depends on beside the run. */
export interface FrameSettings {
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  /** Which picture of the spinner to show. */
  readonly tick: number;
  readonly colors: Colors;
  /** Why the run cannot be seen at the moment. */
  readonly lost?: string | undefined;
}

const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
/** Lines that are not steps: the run, what is left out, a lost connection, and one to spare. */
const OTHER_LINES = 4;
const LONGEST_STATUS = 'COMPLETED_WITH_ERROR'.length;
const LONGEST_NAME = 40;
const DURATION_WIDTH = 8;

/** frameLines draws a run, no line longer and no picture higher than the terminal. */
export function frameLines(state: RunState, settings: FrameSettings): string[] {
  const steps = mostTelling(state.steps, Math.max(1, settings.rows - OTHER_LINES));
  const nameWidth = Math.min(LONGEST_NAME, Math.max(0, ...steps.map(({ step_id: id }) => id.length)));
  const lines = [headLine(state, settings), ...steps.map((step) => stepLine(step, nameWidth, settings))];
  if (steps.length < state.steps.length) lines.push(settings.colors.dim(`  … ${restText(state.steps, steps)}`));
  if (settings.lost !== undefined) {
    lines.push(settings.colors.yellow(cut(`${settings.lost} Trying to connect again...`, settings.columns - 1)));
  }
  return lines;
}

function headLine({ instance }: RunState, { now, colors }: FrameSettings): string {
  const { status, workflow_run_id: run, workflow_version_id: version } = instance;
  const took = spanText(instance.start_time ?? instance.create_time, instance.end_time, now);
  const facts = colors.dim(`run ${run} · version ${version} · ${took}`);
  return `${colors.bold(runName(instance))} ${paintStatus(status, status, colors)} ${facts}`;
}

function stepLine(step: StepBody, nameWidth: number, { now, columns, tick, colors }: FrameSettings): string {
  const status = statusOf(step);
  const sign = isBusy(status) ? (SPINNER[tick % SPINNER.length] ?? '') : signOf(status);
  const took = spanText(step.runtime_state?.start_time, step.runtime_state?.end_time, now);
  const taken = 3 + nameWidth + 2 + LONGEST_STATUS + 2 + DURATION_WIDTH + 2;
  const note = cut(noteOf(step, now), Math.max(0, columns - taken - 1));
  return [
    ` ${paintStatus(status, sign, colors)} ${pad(cut(step.step_id, nameWidth), nameWidth)}`,
    paintStatus(status, pad(status, LONGEST_STATUS), colors),
    pad(took, DURATION_WIDTH),
    colors.dim(note),
  ]
    .join('  ')
    .trimEnd();
}

/** The attempt, the next one, and what was last said. */
function noteOf(step: StepBody, now: number): string {
  const next = step.step_retry?.next_attempt_time;
  const wait = next === undefined ? 0 : Number(next) - now;
  const parts = [
    step.step_attempt_id > 1n ? `attempt ${step.step_attempt_id}` : '',
    wait > 0 ? `next attempt in ${durationText(wait)}` : '',
    oneLine(messageOf(step.timeline)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** When not all steps fit: failures first, then what is busy, then what waits or has ended, as much as fits; in order. */
function mostTelling(steps: readonly StepBody[], room: number): readonly StepBody[] {
  if (steps.length <= room) return steps;
  const ranked = [...steps].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, room);
  const kept = new Set(ranked);
  return steps.filter((step) => kept.has(step));
}

function rankOf(step: StepBody): number {
  const status = statusOf(step);
  if (isFailure(status)) return 0;
  if (isBusy(status)) return 1;
  return status === 'NOT_CREATED' || isTerminalStep(status) ? 3 : 2;
}

function restText(steps: readonly StepBody[], shown: readonly StepBody[]): string {
  const counts = new Map<string, number>();
  const hidden = steps.filter((step) => !shown.includes(step));
  for (const step of hidden) counts.set(statusOf(step), (counts.get(statusOf(step)) ?? 0) + 1);
  const list = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  return `${hidden.length} more ${hidden.length === 1 ? 'step' : 'steps'}: ${list}`;
}
