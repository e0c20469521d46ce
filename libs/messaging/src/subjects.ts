import { SHARDS } from '@maestro/domain';

/** A token of a subject is one level: dots, wildcards and blanks of names are escaped as `=` and four hex digits. */
export function subjectToken(name: string): string {
  if (name === '') return '=';
  return name.replace(/[^A-Za-z0-9_-]/g, (char) => `=${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** nameOfToken undoes subjectToken. */
export function nameOfToken(token: string): string {
  if (token === '=') return '';
  return token.replace(/=([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** TaskAddress says which work queue a task goes to: executors of one pool that run one step type. */
export interface TaskAddress {
  readonly pool: string;
  readonly type: string;
}

/** taskSubject is where the scheduler publishes tasks of a pool and a step type. */
export function taskSubject({ pool, type }: TaskAddress): string {
  return `maestro.tasks.${subjectToken(pool)}.${subjectToken(type)}`;
}

/** parseTaskSubject undoes taskSubject; undefined for any other subject. */
export function parseTaskSubject(subject: string): TaskAddress | undefined {
  const match = /^maestro\.tasks\.([^.]+)\.([^.]+)$/.exec(subject);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { pool: nameOfToken(match[1]), type: nameOfToken(match[2]) };
}

/** taskConsumerName is the durable consumer of the queue at that address. */
export function taskConsumerName({ pool, type }: TaskAddress): string {
  return `${subjectToken(pool)}--${subjectToken(type)}`;
}

/** Where an executor sends reports and claims when it does not know the owner of the shard: any scheduler takes them. */
export const SCHEDULER_REPORTS = 'maestro.scheduler.reports';

/** Where executors renew their leases and hear which replica decides for which shards: any scheduler answers. */
export const SCHEDULER_EXECUTORS = 'maestro.scheduler.executors';

/** replicaReportsSubject is where one scheduler replica takes reports and claims of the shards that it owns. */
export function replicaReportsSubject(replica: string): string {
  return `maestro.scheduler.replica.${subjectToken(replica)}.reports`;
}

/** Where the signal service takes what steps wait for and announce (StepSignalBatch): any replica answers. */
export const SIGNAL_STEPS = 'maestro.signal.steps';

/** Where the signal service tells of matches when the replica that opened a wait is gone: any scheduler takes them. */
export const SCHEDULER_MATCHES = 'maestro.scheduler.matches';

/** replicaMatchesSubject is where one scheduler replica hears that signals came which its attempts wait for. */
export function replicaMatchesSubject(replica: string): string {
  return `maestro.scheduler.replica.${subjectToken(replica)}.matches`;
}

/** replicaBreakpointsSubject is where one scheduler replica is told to read the breakpoints again; it answers when it has. */
export function replicaBreakpointsSubject(replica: string): string {
  return `maestro.scheduler.replica.${subjectToken(replica)}.breakpoints`;
}

/** shardHintSubject tells the owner of a shard that an earlier wake-up was committed by somebody else. */
export function shardHintSubject(shard: number): string {
  if (!Number.isInteger(shard) || shard < 0 || shard >= SHARDS) {
    throw new RangeError(`Shard ${String(shard)} does not exist; there are ${String(SHARDS)}.`);
  }
  return `maestro.scheduler.shard.${String(shard)}.hint`;
}

/** parseShardHintSubject undoes shardHintSubject; undefined for any other subject. */
export function parseShardHintSubject(subject: string): number | undefined {
  const match = /^maestro\.scheduler\.shard\.(\d{1,2})\.hint$/.exec(subject);
  const shard = Number(match?.[1]);
  return match !== null && shard < SHARDS ? shard : undefined;
}

/** Where replicas tell every 10 s which runs somebody follows through them, as a decimal run key. */
export const SCHEDULER_WATCH = 'maestro.scheduler.watch';

/** watchedRunSubject is where replicas say that they committed something of a run that another one follows. */
export function watchedRunSubject(runKey: bigint): string {
  return `maestro.scheduler.watched.${String(runKey)}`;
}

/** executorCancelSubject is where the executor that holds an attempt hears that it is cancelled. */
export function executorCancelSubject(executor: string): string {
  return `maestro.executor.${subjectToken(executor)}.cancel`;
}

/** Where all executors hear cancels of attempts whose holder is not known. */
export const EXECUTORS_CANCEL = 'maestro.executors.cancel';

/** Tells hearers to read definition's change feed now instead of at the next round. */
export const DEFINITION_CHANGED = 'maestro.events.definition.changed';

/** Where outsiders hear status changes of instances and steps: one message a commit of the scheduler (RunEventBatch). */
export const RUN_EVENTS = 'maestro.events.runs';

/** signalEventSubject is where outsiders hear the announcements of a signal; `maestro.events.signal.*` is all of them. */
export function signalEventSubject(name: string): string {
  return `maestro.events.signal.${subjectToken(name)}`;
}

/** Where outsiders hear the announcements of all signals. */
export const SIGNAL_EVENTS = 'maestro.events.signal.*';

/** CloudEventAddress says where outsiders find an event. */
export interface CloudEventAddress {
  readonly format: 'json' | 'protobuf';
  readonly domain: 'workflow' | 'run' | 'step' | 'signal' | 'alert';
  readonly tenant: string;
  /** The workflow's id, or the signal's name. */
  readonly name: string;
}

/** cloudEventSubject is where an event is published as a CloudEvent, for anybody to read. */
export function cloudEventSubject({ format, domain, tenant, name }: CloudEventAddress): string {
  return `maestro.cloudevents.${format}.${domain}.${subjectToken(tenant)}.${subjectToken(name)}`;
}
