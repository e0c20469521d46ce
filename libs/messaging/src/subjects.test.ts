import fc from 'fast-check';
import { SHARDS } from '@maestro/domain';
import {
  DEFINITION_CHANGED,
  RUN_EVENTS,
  EXECUTORS_CANCEL,
  SCHEDULER_EXECUTORS,
  SCHEDULER_MATCHES,
  SCHEDULER_REPORTS,
  SIGNAL_STEPS,
  SCHEDULER_WATCH,
  cloudEventSubject,
  executorCancelSubject,
  nameOfToken,
  parseShardHintSubject,
  parseTaskSubject,
  replicaBreakpointsSubject,
  replicaMatchesSubject,
  replicaReportsSubject,
  shardHintSubject,
  signalEventSubject,
  subjectToken,
  taskConsumerName,
  taskSubject,
  watchedRunSubject,
} from './subjects.js';
import { STREAMS, SUBJECTS, subjectMatches, taskConsumer } from './topology.js';

const built = [
  taskSubject({ pool: 'default', type: 'shell' }),
  SCHEDULER_MATCHES,
  SCHEDULER_REPORTS,
  SIGNAL_STEPS,
  SCHEDULER_EXECUTORS,
  replicaReportsSubject('scheduler-1'),
  replicaMatchesSubject('scheduler-1'),
  replicaBreakpointsSubject('scheduler-1'),
  shardHintSubject(63),
  SCHEDULER_WATCH,
  watchedRunSubject(77n),
  executorCancelSubject('executor.1'),
  EXECUTORS_CANCEL,
  DEFINITION_CHANGED,
  RUN_EVENTS,
  signalEventSubject('orders.loaded'),
  cloudEventSubject({ format: 'json', domain: 'run', tenant: 'default', name: 'etl.daily' }),
];

describe('the table of subjects', () => {
  it.each(built)('has exactly one line for %s, which a builder makes', (subject) => {
    expect(SUBJECTS.filter((row) => subjectMatches(row.subject, subject))).toHaveLength(1);
  });

  it.each(SUBJECTS.map((row) => row.subject))('has a builder for its line %s', (pattern) => {
    expect(built.filter((subject) => subjectMatches(pattern, subject))).toHaveLength(1);
  });

  it.each(SUBJECTS)('says of $subject truly which stream keeps it', ({ subject, stream }) => {
    const keepers = STREAMS.filter(({ subjects }) => subjects.some((pattern) => subjectMatches(pattern, subject)));
    expect(keepers.map(({ name }) => name)).toEqual(stream === undefined ? [] : [stream]);
  });

  it('has a publisher and a hearer on every line', () => {
    for (const row of SUBJECTS) expect(Math.min(row.publishers.length, row.hearers.length)).toBeGreaterThan(0);
  });
});

describe('subjects', () => {
  it('carry any name in one token and give it back', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pool, type) => {
        const subject = taskSubject({ pool, type });
        expect(subject.split('.')).toHaveLength(4);
        expect(subject).toMatch(/^[A-Za-z0-9_.=-]+$/);
        expect(parseTaskSubject(subject)).toEqual({ pool, type });
      }),
    );
  });

  it('never give two names the same token', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        expect(subjectToken(one)).not.toBe(subjectToken(other));
      }),
    );
    expect(nameOfToken(subjectToken('=002e'))).toBe('=002e');
  });

  it('parse back to what they were built from, and nothing else parses', () => {
    expect(parseShardHintSubject(shardHintSubject(0))).toBe(0);
    for (const subject of ['maestro.tasks.a', 'maestro.tasks.a.b.c', 'x', 'maestro.scheduler.shard.64.hint']) {
      expect(parseTaskSubject(subject)).toBeUndefined();
      expect(parseShardHintSubject(subject)).toBeUndefined();
    }
  });

  it('exist only for shards that exist', () => {
    for (const shard of [-1, SHARDS, 1.5, Number.NaN]) expect(() => shardHintSubject(shard)).toThrow(RangeError);
  });

  it('name consumers as NATS allows it, apart for every pool and type', () => {
    expect(taskConsumerName({ pool: 'gpu.large', type: 'python' })).toBe('gpu=002elarge--python');
    expect(taskConsumer({ pool: 'default', type: 'shell' })).toMatchObject({
      stream: 'MAESTRO_TASKS',
      filter: 'maestro.tasks.default.shell',
    });
  });
});

describe('subjectMatches', () => {
  it.each([
    ['a.*', 'a.b', true],
    ['a.*', 'a.b.c', false],
    ['a.>', 'a.b.c', true],
    ['a.>', 'a', false],
    ['a.b', 'a.c', false],
  ])('%s against %s is %s', (pattern, subject, expected) => {
    expect(subjectMatches(pattern, subject)).toBe(expected);
  });
});
