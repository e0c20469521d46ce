import type { StepBody } from '../api/bodies.js';
import type { Cli } from '../cli.js';
import { statusOf } from '../watch/run-state.js';
import { paintStatus, signOf } from './status.js';
import { fieldsOf } from './table.js';
import { instantText, spanText } from './time.js';
import { timelineLines } from './timeline.js';
import { paramLines, section } from './values.js';
import { yamlOf } from './yaml.js';
import { stringifyJson } from '@maestro/dsl';

/** stepText shows an attempt of a step: where it stands, its params, artifacts and timeline. */
export function stepText(step: StepBody, { colors, now }: Pick<Cli, 'colors' | 'now'>): string {
  const { runtime_state: state } = step;
  const status = statusOf(step);
  const fields = fieldsOf(
    {
      step: colors.bold(`${step.workflow_id}/${step.workflow_instance_id}/${step.step_id}`),
      status: paintStatus(status, `${signOf(status)} ${status}`, colors),
      attempt: String(step.step_attempt_id),
      started: instantText(state?.start_time, now()),
      took: spanText(state?.start_time, state?.end_time, now()),
      'next attempt': instantText(step.step_retry?.next_attempt_time, now()),
      executor: step.executor_id,
    },
    colors,
  );
  const { artifacts } = step;
  const kept = artifacts === undefined ? [] : yamlOf(stringifyJson(artifacts)).trimEnd().split('\n');
  return [
    fields,
    section('params', paramLines(step.params)),
    section(
      'artifacts',
      kept.map((line) => `  ${line}`),
    ),
    section('timeline', timelineLines(step.timeline)),
  ].join('');
}
