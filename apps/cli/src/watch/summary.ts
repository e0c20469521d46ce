import type { StepBody } from '../api/bodies.js';
import type { Colors } from '../cli.js';
import { paintStatus, signOf } from '../print/status.js';
import { spanText } from '../print/time.js';
import { isFailure, messageOf, runName, statusOf, type RunState } from './run-state.js';

/** More failed steps than this are counted only. */
const MAX_FAILURES = 10;

/** summaryOf says how a run ended; of what failed it says why, and which command to run next. */
export function summaryOf({ instance, steps }: RunState, now: number, colors: Colors): string {
  const { status } = instance;
  const took = spanText(instance.start_time ?? instance.create_time, instance.end_time, now);
  const head = `${signOf(status)} ${runName(instance)} ${status}`;
  const failed = steps.filter((step) => isFailure(statusOf(step)));
  const lines = [`${paintStatus(status, head, colors)}${took === '' ? '' : ` after ${took}`}, ${counts(steps)}`];
  for (const step of failed.slice(0, MAX_FAILURES)) lines.push(...failureLines(step, colors));
  if (failed.length > MAX_FAILURES) lines.push(`  and ${failed.length - MAX_FAILURES} more`);
  if (failed.length === 0 && status !== 'SUCCEEDED') lines.push(...reasonLines(messageOf(instance.timeline)));
  if (status !== 'SUCCEEDED') lines.push(...nextLines(runName(instance), failed[0], colors));
  return lines.map((line) => `${line}\n`).join('');
}

function counts(steps: readonly StepBody[]): string {
  const byStatus = new Map<string, number>();
  for (const step of steps) byStatus.set(statusOf(step), (byStatus.get(statusOf(step)) ?? 0) + 1);
  const list = [...byStatus].map(([status, count]) => `${count} ${status}`).join(', ');
  return `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}${list === '' ? '' : `: ${list}`}`;
}

function failureLines(step: StepBody, colors: Colors): string[] {
  const status = statusOf(step);
  const attempts = step.step_attempt_id > 1n ? ` after ${step.step_attempt_id} attempts` : '';
  return [
    `  ${paintStatus(status, `${signOf(status)} ${step.step_id} ${status}`, colors)}${attempts}`,
    ...reasonLines(messageOf(step.timeline)),
  ];
}

function reasonLines(message: string): string[] {
  if (message === '') return [];
  return message
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}`.trimEnd());
}

function nextLines(name: string, failed: StepBody | undefined, colors: Colors): string[] {
  const logs = failed === undefined ? [] : [`  maestro logs ${name}/${failed.step_id}`];
  return [colors.dim('next:'), ...logs, `  maestro explain ${name}`, `  maestro get ${name}`];
}
