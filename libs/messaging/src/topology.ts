import { type ConsumerTopology, type StreamTopology } from './ensure-streams.js';
import { RUN_EVENTS, SIGNAL_EVENTS, taskConsumerName, taskSubject, type TaskAddress } from './subjects.js';

/** The services and the world outside, as the table of subjects names them. */
export type Party = 'definition' | 'scheduler' | 'executor' | 'signal' | 'notifier' | 'gateway' | 'outsiders';

/** SubjectRow is one line of the table: who says what to whom, and how it is carried. */
export interface SubjectRow {
  /** NATS pattern; `*` stands for one token. */
  readonly subject: string;
  readonly publishers: readonly Party[];
  readonly hearers: readonly Party[];
  /** The stream that keeps it; absent: core NATS, kept nowhere. */
  readonly stream?: string;
  /** `request`: answered; the answer means committed. `queue`: one hearer of many takes it. `hint`: may be lost. */
  readonly kind: 'task' | 'event' | 'request' | 'hint';
  /** Hearers of this queue group share the messages. */
  readonly queue?: string;
  readonly means: string;
}

/** Work queues: a message is gone when it is acked. */
export const TASKS_STREAM = 'MAESTRO_TASKS';
/** Events for outsiders: kept for a while, for anybody to read. */
export const EVENTS_STREAM = 'MAESTRO_EVENTS';
/** The same events, and those of definitions, as CloudEvents. */
export const CLOUDEVENTS_STREAM = 'MAESTRO_CLOUDEVENTS';
/** The queue group of all scheduler replicas. */
export const SCHEDULER_QUEUE = 'scheduler';
/** The queue group of all replicas of the signal service. */
export const SIGNAL_QUEUE = 'signal';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** STREAMS is what JetStream must hold. All of it may be deleted at any time: Postgres is the truth. */
export const STREAMS: readonly StreamTopology[] = [
  {
    name: TASKS_STREAM,
    subjects: ['maestro.tasks.*.*'],
    retention: 'workqueue',
    // Only spares a double delivery when a publish is repeated after a lost answer; nothing relies on it.
    duplicateWindowMs: 5 * SECOND,
  },
  {
    name: EVENTS_STREAM,
    subjects: ['maestro.events.>'],
    retention: 'limits',
    maxAgeMs: 24 * HOUR,
    maxBytes: 1024 ** 3,
    duplicateWindowMs: 5 * SECOND,
  },
  {
    name: CLOUDEVENTS_STREAM,
    subjects: ['maestro.cloudevents.>'],
    retention: 'limits',
    maxAgeMs: 7 * 24 * HOUR,
    maxBytes: 1024 ** 3,
    // An event is published again when its message was not acked: by then it is known by its id.
    duplicateWindowMs: 120 * SECOND,
  },
];

/** SUBJECTS is the one table of what is said over NATS. A test holds it against the builders in subjects.ts. */
export const SUBJECTS: readonly SubjectRow[] = [
  {
    subject: 'maestro.tasks.*.*',
    publishers: ['scheduler'],
    hearers: ['executor'],
    stream: TASKS_STREAM,
    kind: 'task',
    means: 'run this attempt (pool, step type)',
  },
  {
    subject: 'maestro.scheduler.reports',
    publishers: ['executor'],
    hearers: ['scheduler'],
    kind: 'request',
    queue: SCHEDULER_QUEUE,
    means: 'claims, progress and ends of attempts, for any replica',
  },
  {
    subject: 'maestro.scheduler.executors',
    publishers: ['executor'],
    hearers: ['scheduler'],
    kind: 'request',
    queue: SCHEDULER_QUEUE,
    means: 'an executor renews its lease and tells its free slots, for any replica',
  },
  {
    subject: 'maestro.scheduler.replica.*.reports',
    publishers: ['executor', 'scheduler'],
    hearers: ['scheduler'],
    kind: 'request',
    means: 'the same for the replica that owns the shards',
  },
  {
    subject: 'maestro.signal.steps',
    publishers: ['scheduler'],
    hearers: ['signal'],
    kind: 'request',
    queue: SIGNAL_QUEUE,
    means: 'what attempts wait for and announce, for any replica',
  },
  {
    subject: 'maestro.scheduler.matches',
    publishers: ['signal'],
    hearers: ['scheduler'],
    kind: 'request',
    queue: SCHEDULER_QUEUE,
    means: 'signals came that attempts wait for, for any replica',
  },
  {
    subject: 'maestro.scheduler.replica.*.matches',
    publishers: ['signal'],
    hearers: ['scheduler'],
    kind: 'request',
    means: 'the same for the replica that opened the waits',
  },
  {
    subject: 'maestro.scheduler.replica.*.breakpoints',
    publishers: ['scheduler'],
    hearers: ['scheduler'],
    kind: 'request',
    means: 'breakpoints were set or deleted: read them again',
  },
  {
    subject: 'maestro.scheduler.shard.*.hint',
    publishers: ['scheduler'],
    hearers: ['scheduler'],
    kind: 'hint',
    means: 'an earlier wake-up was committed in this shard',
  },
  {
    subject: 'maestro.scheduler.watch',
    publishers: ['scheduler'],
    hearers: ['scheduler'],
    kind: 'hint',
    means: 'somebody follows this run through me: tell me of its commits for a while',
  },
  {
    subject: 'maestro.scheduler.watched.*',
    publishers: ['scheduler'],
    hearers: ['scheduler'],
    kind: 'hint',
    means: 'this run changed (run key): read it again',
  },
  {
    subject: 'maestro.executor.*.cancel',
    publishers: ['scheduler'],
    hearers: ['executor'],
    kind: 'hint',
    means: 'cancel attempts that this executor holds',
  },
  {
    subject: 'maestro.executors.cancel',
    publishers: ['scheduler'],
    hearers: ['executor'],
    kind: 'hint',
    means: 'cancel attempts whose holder is unknown',
  },
  {
    subject: 'maestro.events.definition.changed',
    publishers: ['definition'],
    hearers: ['scheduler', 'executor', 'signal', 'notifier'],
    stream: EVENTS_STREAM,
    kind: 'event',
    means: 'the change feed has grown: read it from your cursor',
  },
  {
    subject: 'maestro.events.runs',
    publishers: ['scheduler'],
    hearers: ['gateway', 'notifier', 'outsiders'],
    stream: EVENTS_STREAM,
    kind: 'event',
    means: 'status changes of instances and steps, one message a commit',
  },
  {
    subject: 'maestro.events.signal.*',
    publishers: ['signal'],
    hearers: ['notifier', 'outsiders'],
    stream: EVENTS_STREAM,
    kind: 'event',
    means: 'a signal was announced (signal name)',
  },
  {
    subject: 'maestro.cloudevents.*.*.*.*',
    publishers: ['notifier'],
    hearers: ['outsiders'],
    stream: CLOUDEVENTS_STREAM,
    kind: 'event',
    means:
      'something happened, as a CloudEvent (format json or protobuf, domain, tenant, name of the workflow or signal)',
  },
];

/** taskConsumer is the durable consumer of one work queue: one for each pool and step type, shared by all its executors. */
export function taskConsumer(address: TaskAddress): ConsumerTopology {
  return {
    stream: TASKS_STREAM,
    name: taskConsumerName(address),
    filter: taskSubject(address),
    ackWaitMs: 6 * SECOND,
  };
}

/** The durable consumers by which the notifier hears what happens, shared by all its replicas. */
export const NOTIFIER_CONSUMERS: readonly ConsumerTopology[] = [
  { stream: EVENTS_STREAM, name: 'notifier-runs', filter: RUN_EVENTS, ackWaitMs: 30 * SECOND },
  { stream: EVENTS_STREAM, name: 'notifier-signals', filter: SIGNAL_EVENTS, ackWaitMs: 30 * SECOND },
];

/** subjectMatches says whether a NATS pattern covers a subject (or a narrower pattern). */
export function subjectMatches(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const given = subject.split('.');
  const tail = wanted.at(-1) === '>';
  if (tail ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((token, index) => token === '>' || token === '*' || token === given[index]);
}
