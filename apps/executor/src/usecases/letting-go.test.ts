import { create } from '@bufbuild/protobuf';
import { CancelBatchSchema } from '@maestro/proto/maestro/executor/v1/task';
import { AttemptOutcome, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { isLetGo } from '../runtimes/runtime.js';
import { delivery, fakeExecution, settled } from '../testing/fake-execution.js';
import { acceptTask } from './accept-task.js';
import type { StopReason } from './attempt.js';
import { cancelAttempts } from './cancel-attempts.js';
import { drain } from './drain.js';
import { stopAll } from './stop-attempts.js';

/** A claimed attempt of a type whose work outlives its executor. */
async function running(dispatch = 1) {
  const fake = fakeExecution({ survives: true });
  const task = delivery({ dispatch });
  acceptTask(fake.execution, task);
  await settled();
  return { ...fake, task, context: () => fake.runtime.started[0]?.context };
}

describe('what outlives its executor', () => {
  it('is claimed before it begins, also when it is fresh', async () => {
    const { link, runtime, execution } = fakeExecution({ survives: true });
    let answer: (verdicts: ReportVerdict[]) => void = () => undefined;
    link.answer = () => new Promise((resolve) => (answer = resolve));
    acceptTask(execution, delivery());
    await settled();
    expect([link.kinds(), runtime.started.length]).toEqual([['claim'], 0]);
    // Nobody else can run it without a claim, so the answer need not wait for one.
    expect(link.reports[0]?.kind.value).toMatchObject({ beforeStart: false });
    answer([ReportVerdict.ACCEPTED]);
    await settled();
    expect(runtime.started).toHaveLength(1);
  });

  it.each<StopReason>(['lease-lost', 'drained'])('is let go, not ended, when it is %s', async (reason) => {
    const { execution, link, context } = await running();
    stopAll(execution, reason);
    await settled();
    expect(isLetGo(context()?.signal ?? AbortSignal.abort())).toBe(true);
    expect(link.kinds()).toEqual(['claim', 'released']);
    expect(execution.attempts.size).toBe(0);
  });

  it('is released by a drain that does not wait for it', async () => {
    const { execution, link } = await running();
    await drain(execution, 0, 1_000);
    expect(link.kinds()).toEqual(['claim', 'released']);
  });

  it.each<StopReason>(['cancelled', 'timed-out'])('is ended when it is %s', async (reason) => {
    const { execution, link, context } = await running();
    stopAll(execution, reason);
    await settled();
    expect(isLetGo(context()?.signal ?? AbortSignal.abort())).toBe(false);
    expect(link.kinds()).toEqual(['claim', 'result']);
  });

  it('is let go without a word when its progress is not wanted here any more', async () => {
    const { link, context, execution } = await running();
    link.answer = (reports) => reports.map(() => ReportVerdict.ENDED);
    context()?.progress({ where: 'c-1' });
    await settled();
    expect(isLetGo(context()?.signal ?? AbortSignal.abort())).toBe(true);
    expect([link.kinds(), execution.attempts.size]).toEqual([['claim', 'progress'], 0]);
  });

  it('that was cancelled meanwhile is started with an aborted signal, to end what is left of it', async () => {
    const fake = fakeExecution({ survives: true });
    fake.link.answer = (reports) =>
      reports.map(({ kind }) => (kind.case === 'claim' ? ReportVerdict.CANCELLED : ReportVerdict.ACCEPTED));
    const task = delivery({ dispatch: 2 });
    const { runKey, ordinal, attempt, dispatch } = task.task;
    const cancel = { runKey, ordinal, attempt, dispatch, reason: 'test' };
    cancelAttempts(fake.execution, create(CancelBatchSchema, { cancels: [cancel] }));
    acceptTask(fake.execution, task);
    await settled();
    expect(fake.runtime.started[0]?.context.signal.aborted).toBe(true);
    fake.runtime.end({ outcome: 'STOPPED' });
    await settled();
    expect(fake.link.results().map(({ outcome }) => outcome)).toEqual([AttemptOutcome.CANCELLED]);
  });

  it('that was cancelled before anybody was granted it never begins', async () => {
    const fake = fakeExecution({ survives: true });
    fake.link.answer = (reports) => reports.map(() => ReportVerdict.CANCELLED);
    acceptTask(fake.execution, delivery());
    await settled();
    expect(fake.runtime.started).toHaveLength(0);
    expect(fake.link.results().map(({ outcome }) => outcome)).toContain(AttemptOutcome.CANCELLED);
  });
});

describe('what is left of an attempt', () => {
  async function ended(verdict: ReportVerdict) {
    const fake = await running();
    let removed = 0;
    fake.link.answer = (reports) => reports.map(() => verdict);
    fake.runtime.end({ outcome: 'DONE', settled: () => Promise.resolve(void (removed += 1)) });
    await settled();
    fake.execution.reports.close();
    return removed;
  }

  it('is removed when the scheduler has taken the result, not before', async () => {
    expect(await ended(ReportVerdict.ACCEPTED)).toBe(1);
    expect(await ended(ReportVerdict.LATER)).toBe(0);
  });

  it('is left alone when another executor has the attempt by now', async () => {
    expect(await ended(ReportVerdict.ENDED)).toBe(0);
  });
});
