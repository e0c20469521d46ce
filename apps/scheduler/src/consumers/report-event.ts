import type { JsonObject, Millis, TimelineEvent } from '@maestro/domain';
import type { AttemptOutcome as EngineOutcome, DispatchRef, EngineEvent } from '@maestro/engine';
import {
  AttemptOutcome,
  type AttemptReport,
  type AttemptResult,
  type DispatchReference,
  type Progress,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import { decodeExactJson, decodeParamDefinitions, timelineEventFromProto } from '@maestro/wire';

const OUTCOMES: Readonly<Record<AttemptOutcome, EngineOutcome>> = {
  // What an executor of another release says and this one does not know is nobody's fault but the platform's.
  [AttemptOutcome.UNSPECIFIED]: 'PLATFORM_ERROR',
  [AttemptOutcome.DONE]: 'DONE',
  [AttemptOutcome.USER_ERROR]: 'USER_ERROR',
  [AttemptOutcome.PLATFORM_ERROR]: 'PLATFORM_ERROR',
  [AttemptOutcome.FATAL_ERROR]: 'FATAL_ERROR',
  [AttemptOutcome.TIMED_OUT]: 'TIMED_OUT',
  [AttemptOutcome.CANCELLED]: 'CANCELLED',
};

/** reportEvent is what a report means to its run; undefined for a report of a kind that this release does not know. */
export function reportEvent({ dispatch, kind }: AttemptReport, holder: string, at: Millis): EngineEvent | undefined {
  if (dispatch === undefined) return undefined;
  const ref = refOf(dispatch);
  switch (kind.case) {
    case 'claim':
      return { type: 'attempt-claimed', at, ...ref, executorId: holder, beforeStart: kind.value.beforeStart };
    case 'progress':
      return progressed(ref, at, kind.value);
    case 'result':
      return { ...ended(ref, at, kind.value), executorId: holder };
    case 'released':
      return { type: 'executor-lost', at, ...ref, executorId: holder };
    default:
      return undefined;
  }
}

function refOf({ ordinal, attempt, dispatch }: DispatchReference): DispatchRef {
  return { ordinal, attempt, dispatch };
}

function progressed(ref: DispatchRef, at: Millis, { artifactsJson, timeline }: Progress): EngineEvent {
  return { type: 'attempt-progressed', at, ...ref, ...artifactsOf(artifactsJson), timeline: timelineOf(timeline) };
}

function ended(ref: DispatchRef, at: Millis, result: AttemptResult): Extract<EngineEvent, { type: 'attempt-ended' }> {
  const { outcome, outputParamsJson, artifactsJson, timeline, message, startedAt, endedAt } = result;
  return {
    type: 'attempt-ended',
    at,
    ...ref,
    outcome: OUTCOMES[outcome],
    ...(outputParamsJson.length === 0 ? {} : { outputs: decodeParamDefinitions(outputParamsJson) }),
    ...artifactsOf(artifactsJson),
    timeline: timelineOf(timeline),
    ...(message === '' ? {} : { message }),
    ...(startedAt === 0n ? {} : { startedAt: Number(startedAt) }),
    ...(endedAt === 0n ? {} : { endedAt: Number(endedAt) }),
  };
}

function artifactsOf(bytes: Uint8Array): { readonly artifacts?: JsonObject } {
  return bytes.length === 0 ? {} : { artifacts: decodeExactJson(bytes) as JsonObject };
}

function timelineOf(events: AttemptResult['timeline']): TimelineEvent[] {
  return events.map((event) => timelineEventFromProto(event, 'timeline'));
}
