import { create } from '@bufbuild/protobuf';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import {
  WorkerOutcome,
  WorkerResultSchema,
  WorkerWelcomeSchema,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { delivery } from '../../testing/fake-execution.js';
import type { RuntimeContext, RuntimeResult } from '../runtime.js';
import type { Outbox } from './outbox.js';
import { remoteTaskId } from './remote-task.js';
import { LOST_AFTER_MS, WorkerHub } from './worker-hub.js';
import type { OfferedType, WorkerSession } from './worker-session.js';

const WELCOME = create(WorkerWelcomeSchema);

/** A hub whose clock and workers are in the hands of a test. */
class Bench {
  time = 0;
  readonly served: string[] = [];
  private sessions = 0;
  readonly hub = new WorkerHub({
    monotonic: () => this.time,
    newSessionId: () => `session-${(this.sessions += 1)}`,
    roomChanged: () => undefined,
    typeServed: (type, served) => this.served.push(`${served ? '+' : '-'}${type}`),
  });

  join(workerId: string, slots: number, types: readonly string[], sessionId = '', holding: readonly string[] = []) {
    const offered = types.map((name): OfferedType => ({
      type: { name, version: '1', doc: '', params: {}, outputs: [], tenant: '' },
      slots: 0,
    }));
    const session = this.hub.admit({ workerId, types: offered, slots, labels: {}, library: '' }, sessionId);
    const outbox = session.attach(WELCOME, new Set(holding));
    this.hub.attached(session);
    return { session, outbox };
  }

  start(type: string, tenant = 'default') {
    const { task } = delivery({ stepType: `${type}@1`, tenant });
    const aborter = new AbortController();
    const context = { attemptId: remoteTaskId(task), signal: aborter.signal, traceparent: undefined } as RuntimeContext;
    const ended = this.hub.runtimeOf(`${type}@1`)?.start(task, context) as Promise<RuntimeResult>;
    return { task, ended, aborter };
  }

  finish(session: WorkerSession, task: Task): void {
    this.hub.finish(session, create(WorkerResultSchema, { taskId: remoteTaskId(task), outcome: WorkerOutcome.DONE }));
  }

  room(type: string): number {
    return this.hub.runtimeOf(`${type}@1`)?.room?.() ?? 0;
  }
}

/** Ids of the tasks in the next message. */
async function nextTasks(outbox: Outbox): Promise<string[]> {
  const next = await outbox.messages().next();
  return next.done === true ? [] : next.value.tasks.map(({ id }) => id);
}

test('room is what workers have free, less what waits for it already', () => {
  const bench = new Bench();
  expect(bench.room('a')).toBe(0);
  bench.join('w1', 2, ['a', 'b']);
  bench.join('w2', 3, ['a']);
  expect([bench.room('a'), bench.room('b')]).toEqual([5, 2]);
  for (let step = 0; step < 4; step += 1) bench.start('a');
  expect(bench.room('a')).toBe(1);
  bench.start('a');
  bench.start('a');
  expect(bench.room('a')).toBe(0);
});

test('types are served from the first worker that comes until the last one goes', () => {
  const bench = new Bench();
  const first = bench.join('w1', 1, ['a']);
  bench.join('w2', 1, ['a', 'b']);
  bench.hub.startDraining(first.session);
  expect(bench.served).toEqual(['+a@1', '+b@1']);
  bench.time = LOST_AFTER_MS + 1;
  bench.hub.sweep();
  expect(bench.served).toEqual(['+a@1', '+b@1', '-a@1', '-b@1']);
});

test('what waits for a busy worker is given out in turns between tenants', async () => {
  const bench = new Bench();
  const { session, outbox } = bench.join('w1', 1, ['a']);
  const busy = bench.start('a', 'ads');
  const waiting = [bench.start('a', 'ads'), bench.start('a', 'ads'), bench.start('a', 'ml')];
  await nextTasks(outbox);
  const order: string[] = [];
  for (let task: Task | undefined = busy.task; task !== undefined && order.length < 3;) {
    bench.finish(session, task);
    const [id = ''] = await nextTasks(outbox);
    order.push(id);
    task = waiting.find((each) => remoteTaskId(each.task) === id)?.task;
  }
  const tenants = order.map((id) => waiting.find(({ task }) => remoteTaskId(task) === id)?.task.tenant);
  expect(tenants).toEqual(['ads', 'ml', 'ads']);
});

test('a task that a worker does not hold when it comes back was lost on the way, and is sent again', async () => {
  const bench = new Bench();
  const { session, outbox } = bench.join('w1', 2, ['a']);
  const [arrived, lost] = [bench.start('a'), bench.start('a')];
  session.detach(outbox);
  bench.hub.detached(session);
  const back = bench.join('w1', 2, ['a'], session.sessionId, [remoteTaskId(arrived.task)]);
  expect(back.session).toBe(session);
  expect(await nextTasks(back.outbox)).toEqual([remoteTaskId(lost.task)]);
});

test('a result that is sent twice ends the attempt once', async () => {
  const bench = new Bench();
  const { session } = bench.join('w1', 1, ['a']);
  const { task, ended } = bench.start('a');
  bench.finish(session, task);
  bench.finish(session, task);
  expect((await ended).outcome).toBe('DONE');
  expect(bench.room('a')).toBe(1);
});

test('attempts of a lost worker are platform failures; those that were stopped have stopped', async () => {
  const bench = new Bench();
  bench.join('w1', 2, ['a']);
  const [lost, stopped] = [bench.start('a'), bench.start('a')];
  stopped.aborter.abort('cancelled');
  bench.time = LOST_AFTER_MS + 1;
  bench.hub.sweep();
  expect((await lost.ended).outcome).toBe('PLATFORM_ERROR');
  expect((await stopped.ended).outcome).toBe('STOPPED');
});

test('what waits for workers that do not come back goes back to the queue', async () => {
  const bench = new Bench();
  const { ended } = bench.start('a');
  bench.hub.sweep();
  bench.time = LOST_AFTER_MS + 1;
  bench.hub.sweep();
  expect((await ended).outcome).toBe('PUT_BACK');
});

test('an attempt that is stopped while it waits has not run', async () => {
  const bench = new Bench();
  const { session } = bench.join('w1', 1, ['a']);
  const busy = bench.start('a');
  const waiting = bench.start('a');
  waiting.aborter.abort('cancelled');
  expect((await waiting.ended).outcome).toBe('STOPPED');
  bench.finish(session, busy.task);
  expect(session.tasks.size).toBe(0);
});

test('two workers with one id are not connected at once', () => {
  const bench = new Bench();
  bench.join('w1', 1, ['a']);
  expect(() => bench.join('w1', 1, ['a'])).toThrow('A worker with the id "w1" is connected');
});
