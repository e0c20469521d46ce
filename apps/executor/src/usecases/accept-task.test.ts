import { AttemptOutcome, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { delivery, fakeExecution, settled } from '../testing/fake-execution.js';
import { acceptTask } from './accept-task.js';
import { cancelAttempts } from './cancel-attempts.js';
import { CLAIM_PATIENCE_MS, FAST_PATH_MS, watchAttempts } from './watch-attempts.js';

const ALL = (verdict: ReportVerdict) => (reports: readonly unknown[]) => reports.map(() => verdict);

describe('a fresh task', () => {
  it('runs at once and is acked only when its result was accepted', async () => {
    const { execution, link, runtime } = fakeExecution();
    const task = delivery();
    let answer: (verdicts: ReportVerdict[]) => void = () => undefined;
    link.answer = () => new Promise((resolve) => (answer = resolve));
    acceptTask(execution, task);
    expect(runtime.started).toHaveLength(1);
    runtime.end();
    await settled();
    expect(link.kinds()).toEqual(['result']);
    expect(task.acks).toBe(0);
    answer([ReportVerdict.ACCEPTED]);
    await settled();
    expect(task.acks).toBe(1);
    expect(execution.attempts.size).toBe(0);
  });

  it('is also acked when the scheduler says that the attempt has ended already', async () => {
    const { execution, link, runtime } = fakeExecution();
    link.answer = ALL(ReportVerdict.ENDED);
    const task = delivery();
    acceptTask(execution, task);
    runtime.end();
    await settled();
    expect(task.acks).toBe(1);
  });

  it('that is told to be cancelled by the verdict of its result confirms the cancel', async () => {
    const { execution, link, runtime } = fakeExecution();
    link.answer = ([report]) => [
      report?.kind.case === 'result' && report.kind.value.outcome === AttemptOutcome.CANCELLED
        ? ReportVerdict.ACCEPTED
        : ReportVerdict.CANCELLED,
    ];
    const task = delivery();
    acceptTask(execution, task);
    runtime.end();
    await settled();
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.DONE, AttemptOutcome.CANCELLED]);
    expect(task.acks).toBe(1);
  });

  it('with unknown or later types is refused for good with what is missing', async () => {
    const { execution, link } = fakeExecution();
    acceptTask(execution, delivery({ stepType: 'Titus' }));
    acceptTask(execution, delivery({ stepType: 'Nonsense' }));
    await settled();
    const [known, unknown] = link.results();
    expect(known?.outcome).toBe(AttemptOutcome.FATAL_ERROR);
    expect(known?.message).toContain('Titus');
    expect(unknown?.message).toContain('no step type "Nonsense"');
  });
});

describe('a task that lasts', () => {
  async function slow(verdict: ReportVerdict) {
    const fake = fakeExecution();
    const task = delivery();
    acceptTask(fake.execution, task);
    fake.link.answer = ALL(verdict);
    fake.clock.time += FAST_PATH_MS;
    watchAttempts(fake.execution);
    await settled();
    return { ...fake, task };
  }

  it('is claimed once after two seconds and acked when that is granted', async () => {
    const { clock, execution, link, runtime, task } = await slow(ReportVerdict.ACCEPTED);
    clock.time += FAST_PATH_MS;
    watchAttempts(execution);
    await settled();
    expect(link.kinds()).toEqual(['claim']);
    expect(task.acks).toBe(1);
    expect(runtime.started[0]?.context.signal.aborted).toBe(false);
  });

  it.each([ReportVerdict.ENDED, ReportVerdict.HELD])('is stopped and dropped on verdict %s', async (verdict) => {
    const { execution, link, runtime, task } = await slow(verdict);
    expect(runtime.started[0]?.context.signal.aborted).toBe(true);
    expect(link.kinds()).toEqual(['claim']);
    expect(task.acks).toBe(1);
    expect(execution.attempts.size).toBe(0);
  });

  it('is stopped and reported as cancelled when it is being cancelled', async () => {
    const { link, runtime } = await slow(ReportVerdict.CANCELLED);
    expect(runtime.started[0]?.context.signal.aborted).toBe(true);
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.CANCELLED]);
  });

  it('whose claim is never answered stops: others may be granted it', async () => {
    const { clock, execution, link, runtime } = fakeExecution();
    link.answer = () => new Promise(() => undefined);
    acceptTask(execution, delivery());
    for (const passed of [FAST_PATH_MS, CLAIM_PATIENCE_MS]) {
      clock.time += passed;
      watchAttempts(execution);
    }
    await settled();
    expect(runtime.started[0]?.context.signal.aborted).toBe(true);
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.PLATFORM_ERROR]);
  });

  it('is stopped at its timeout', async () => {
    const { clock, execution, link } = fakeExecution();
    acceptTask(execution, delivery({ timeoutMillis: 1_500n }));
    clock.time += 1_500;
    watchAttempts(execution);
    await settled();
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.TIMED_OUT]);
  });
});

describe('a task that may have begun elsewhere', () => {
  const doubtful = {
    'a re-delivery': () => delivery({}, true),
    'a re-dispatch': () => delivery({ dispatch: 2 }),
    'one that waited too long': () => delivery({ dispatchedAt: 1_000_000n - 5_001n }),
  };

  it.each(Object.entries(doubtful))('%s claims before it runs', async (_, make) => {
    const { execution, link, runtime } = fakeExecution();
    const task = make();
    acceptTask(execution, task);
    expect(runtime.started).toHaveLength(0);
    await settled();
    expect(link.kinds()).toEqual(['claim']);
    expect(task.acks).toBe(1);
    expect(runtime.started).toHaveLength(1);
  });

  it.each([
    ['delivered late, but for the first time', delivery({ fastStartMillis: -1n }), false],
    ['a copy', delivery({ fastStartMillis: -1n, copy: true }), true],
    ['delivered again', delivery({}, true), true],
    ['delivered again of a later dispatch', delivery({ dispatch: 2 }, true), false],
  ])('tells with its claim whether there may be another runner: %s', async (_, task, expected) => {
    const { execution, link } = fakeExecution();
    acceptTask(execution, task);
    await settled();
    expect(link.reports.map(({ kind }) => kind.value)).toMatchObject([{ beforeStart: expected }]);
  });

  it.each([ReportVerdict.ENDED, ReportVerdict.HELD])('is acked and never run on verdict %s', async (verdict) => {
    const { execution, link, runtime } = fakeExecution();
    link.answer = ALL(verdict);
    const task = delivery({}, true);
    acceptTask(execution, task);
    await settled();
    expect([runtime.started.length, task.acks, execution.attempts.size]).toEqual([0, 1, 0]);
    expect(link.kinds()).toEqual(['claim']);
  });

  it('is confirmed as cancelled without running', async () => {
    const { execution, link, runtime } = fakeExecution();
    link.answer = ([report]) => [report?.kind.case === 'claim' ? ReportVerdict.CANCELLED : ReportVerdict.ACCEPTED];
    const task = delivery({}, true);
    acceptTask(execution, task);
    await settled();
    expect(runtime.started).toHaveLength(0);
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.CANCELLED]);
    expect(task.acks).toBe(1);
  });

  it('goes back to the queue when the scheduler cannot say yet', async () => {
    const { execution, link } = fakeExecution();
    link.answer = ALL(ReportVerdict.LATER);
    const task = delivery({}, true);
    acceptTask(execution, task);
    await settled();
    expect([task.naks.length, task.acks, execution.attempts.size]).toEqual([1, 0, 0]);
  });
});

describe('a task that is delivered again while it runs here', () => {
  it('is not run twice, and the newest delivery is the one that is acked', async () => {
    const { execution, runtime } = fakeExecution();
    const first = delivery();
    const again = { ...delivery(first.task, true), acks: 0 };
    acceptTask(execution, first);
    acceptTask(execution, again);
    expect(runtime.started).toHaveLength(1);
    expect(execution.attempts.find(`${first.task.runKey}-0-1-1`)?.delivery).toBe(again);
  });
});

describe('a cancel', () => {
  it('stops what runs and is confirmed', async () => {
    const { execution, link, runtime } = fakeExecution();
    const task = delivery();
    acceptTask(execution, task);
    cancelAttempts(execution, { cancels: [task.task] } as never);
    await settled();
    expect(runtime.started[0]?.context.signal.aborted).toBe(true);
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.CANCELLED]);
  });

  it('that comes before its task keeps it from running', async () => {
    const { execution, link, runtime } = fakeExecution();
    const task = delivery();
    cancelAttempts(execution, { cancels: [task.task] } as never);
    acceptTask(execution, task);
    await settled();
    expect(runtime.started).toHaveLength(0);
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.CANCELLED]);
    expect(task.acks).toBe(1);
  });

  it('keeps a task from running that lies in the queue twice, each time', async () => {
    const { execution, runtime } = fakeExecution();
    const task = delivery();
    cancelAttempts(execution, { cancels: [task.task] } as never);
    for (const each of [task, delivery(task.task)]) {
      acceptTask(execution, each);
      await settled();
    }
    expect(runtime.started).toHaveLength(0);
  });

  it('of a first dispatch that may run elsewhere is confirmed by the scheduler alone', async () => {
    const { execution, link, runtime } = fakeExecution();
    link.answer = ALL(ReportVerdict.LATER);
    const again = delivery({}, true);
    cancelAttempts(execution, { cancels: [again.task] } as never);
    acceptTask(execution, again);
    await settled();
    expect(link.kinds()).toEqual(['claim']);
    expect([runtime.started.length, again.naks.length]).toEqual([0, 1]);
  });

  it('that crosses the end of its task leaves the result as it is', async () => {
    const { execution, link, runtime } = fakeExecution();
    const task = delivery();
    acceptTask(execution, task);
    runtime.end();
    await settled();
    cancelAttempts(execution, { cancels: [task.task] } as never);
    await settled();
    expect(link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.DONE]);
  });
});

describe('an executor that cannot take work', () => {
  it('gives tasks back when all slots are taken', () => {
    const { execution } = fakeExecution({ slots: 1 });
    acceptTask(execution, delivery());
    const second = delivery();
    acceptTask(execution, second);
    expect(second.naks).toHaveLength(1);
  });

  it('gives tasks back while it has no lease or drains', () => {
    const { execution } = fakeExecution();
    execution.gate.leaseLost();
    const unleased = delivery();
    acceptTask(execution, unleased);
    execution.gate.leaseRenewed();
    execution.gate.startDraining();
    const draining = delivery();
    acceptTask(execution, draining);
    expect([unleased.naks.length, draining.naks.length]).toEqual([1, 1]);
  });
});
