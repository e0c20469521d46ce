import type { StepStatus, TimelineEvent, WorkflowInstanceStatus } from '@maestro/domain';
import type { RunHeader, StepState, StepTimes } from '../state.js';

/** The status that each phase of an attempt has. */
const PHASES: readonly (readonly [keyof StepTimes, StepStatus])[] = [
  ['create', 'CREATED'],
  ['initialize', 'INITIALIZED'],
  ['pause', 'PAUSED'],
  ['waitSignal', 'WAITING_FOR_SIGNALS'],
  ['evaluateParam', 'EVALUATING_PARAMS'],
  ['waitPermit', 'WAITING_FOR_PERMITS'],
  ['start', 'STARTING'],
  ['execute', 'RUNNING'],
  ['finish', 'FINISHING'],
];

const statusEvent = (timestamp: number, status: StepStatus | WorkflowInstanceStatus): TimelineEvent => ({
  type: 'STATUS',
  timestamp,
  status,
});

/** stepStatusEvents are the statuses that an attempt went through, as its times tell them (specification §3.8). */
export function stepStatusEvents({ status, times }: Pick<StepState, 'status' | 'times'>): readonly TimelineEvent[] {
  const phases = PHASES.flatMap(([phase, name]) => {
    const time = times[phase];
    return time === undefined ? [] : [statusEvent(time, name)];
  });
  return times.end === undefined ? phases : [...phases, statusEvent(times.end, status)];
}

/** runStatusEvents are the statuses that a run went through. */
export function runStatusEvents(
  header: Pick<RunHeader, 'status' | 'createTime' | 'startTime' | 'endTime'>,
): readonly TimelineEvent[] {
  const { status, createTime, startTime, endTime } = header;
  return [
    statusEvent(createTime, 'CREATED'),
    ...(startTime === undefined ? [] : [statusEvent(startTime, 'IN_PROGRESS')]),
    ...(endTime === undefined ? [] : [statusEvent(endTime, status)]),
  ];
}

/** withStatusEvents puts them between the others by time; at the same time a status comes before what is told of it. */
export function withStatusEvents(
  events: readonly TimelineEvent[],
  statuses: readonly TimelineEvent[],
): readonly TimelineEvent[] {
  return [...statuses, ...events].sort((left, right) => left.timestamp - right.timestamp);
}
