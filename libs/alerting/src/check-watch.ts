import type { Millis } from '@maestro/domain';
import { alertKey, subjectName } from './alert-key.js';
import type { Alert } from './alert.js';
import { durationText, timeText } from './time-text.js';
import type { Watch, WatchedType, WatchFacts } from './watch.js';

/** Checked is what a look at a watch gives: an alert or none, and when to look again; absent: never. */
export interface Checked {
  readonly alert?: Alert;
  readonly next?: Millis;
}

/** checkWatch looks at something that may last too long. A completion time is warned of before it has passed, where history tells so. */
export function checkWatch(watch: Watch, facts: WatchFacts): Checked {
  if (facts.over) return {};
  if (facts.now >= watch.limit) return { alert: lateAlert(watch, facts) };
  return watch.type === 'TCT_VIOLATION' ? foresee(watch, facts) : { next: watch.limit };
}

function foresee(watch: Watch, { now, startTime, usual }: WatchFacts): Checked {
  const { limit } = watch;
  if (usual === undefined) return { next: limit };
  const expected = (startTime ?? now) + usual;
  if (expected > limit) return { alert: predictedAlert(watch, { now, usual, expected }), next: limit };
  // What has not begun by then cannot be in time any more.
  return { next: startTime === undefined ? limit - usual + 1 : limit };
}

const LATE: Readonly<Record<WatchedType, (watch: Watch, lasted: string) => string>> = {
  TCT_VIOLATION: ({ limit }) => `is not complete by ${timeText(limit)}`,
  LONG_RUNNING: (_watch, lasted) => `runs for longer than ${lasted}`,
  DEPENDENCY_LATE: (_watch, lasted) => `waits for signals for longer than ${lasted}`,
  SUCCESS_WITHIN: (_watch, lasted) => `has not succeeded for ${lasted}`,
};

function lateAlert(watch: Watch, { now }: WatchFacts): Alert {
  const { type, tenant, subject, since, limit } = watch;
  // A workflow may miss its successes again and again; a run is late once.
  const key = subject.instanceId === undefined ? alertKey(type, subject, String(since)) : watch.key;
  const summary = `${subjectName(subject)} ${LATE[type](watch, durationText(limit - since))}`;
  return { key, incident: key, type, tenant, subject, time: now, summary, details: [`since ${timeText(since)}`] };
}

interface Prediction {
  readonly now: Millis;
  readonly usual: Millis;
  readonly expected: Millis;
}

function predictedAlert({ key, type, tenant, subject, limit }: Watch, { now, usual, expected }: Prediction): Alert {
  const what = `will probably not be complete by ${timeText(limit)}: expected ${timeText(expected)}`;
  return {
    key: alertKey(type, subject, 'predicted'),
    incident: key,
    type,
    tenant,
    subject,
    time: now,
    summary: `${subjectName(subject)} ${what}`,
    details: [`nine of ten successes took at most ${durationText(usual)}`],
  };
}
