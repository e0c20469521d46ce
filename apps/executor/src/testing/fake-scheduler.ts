import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { makeRunKey } from '@maestro/domain';
import {
  EXECUTORS_CANCEL,
  SCHEDULER_EXECUTORS,
  SCHEDULER_QUEUE,
  SCHEDULER_REPORTS,
  TASKS_STREAM,
  taskSubject,
  type Listening,
  type Messaging,
} from '@maestro/messaging';
import { CancelBatchSchema, TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import {
  AttemptReportBatchSchema,
  AttemptReportReplySchema,
  RenewLeaseReplySchema,
  RenewLeaseSchema,
  ReportVerdict,
  type AttemptReport,
  type AttemptResult,
  type RenewLease,
} from '@maestro/proto/maestro/scheduler/v1/attempt';

/** Verdict says what a fake scheduler answers to a report; `silence` = no answer at all to the whole batch. */
export type Verdict = (report: AttemptReport) => ReportVerdict | 'silence';

/** FakeScheduler answers executors by script and remembers what they said. */
export class FakeScheduler {
  readonly reports: AttemptReport[] = [];
  readonly leases: RenewLease[] = [];
  /** How many requests the reports came in. */
  requests = 0;
  verdict: Verdict = () => ReportVerdict.ACCEPTED;
  /** False: renewals are refused as if the lease had expired. */
  renews = true;
  private listening: Listening[] = [];
  private sequence = 0;

  constructor(private readonly messaging: Messaging) {
    this.listen();
  }

  /** Begins to answer (again). */
  listen(): void {
    this.listening = [
      this.messaging.serve(SCHEDULER_EXECUTORS, (data) => this.renew(data), SCHEDULER_QUEUE),
      this.messaging.serve(SCHEDULER_REPORTS, (data) => this.take(data), SCHEDULER_QUEUE),
    ];
  }

  /** Answers nothing any more: nobody is there. */
  async vanish(): Promise<void> {
    await Promise.all(this.listening.splice(0).map((it) => it.stop()));
  }

  task(init: MessageInitShape<typeof TaskSchema> = {}): Task {
    this.sequence += 1;
    const runKey = makeRunKey({ retentionClass: 0, at: Date.now(), shard: 7, sequence: this.sequence % 8_000 });
    return create(TaskSchema, {
      runKey,
      ordinal: 0,
      attempt: 1,
      dispatch: 1,
      stepType: 'Echo',
      workflowId: 'wf',
      workflowInstanceId: BigInt(this.sequence),
      workflowRunId: 1n,
      stepId: 'step',
      tenant: 'default',
      dispatchedAt: BigInt(Date.now()),
      fastStartMillis: 10_000n,
      ...init,
    });
  }

  async dispatch(tasks: readonly Task[], pool = 'default'): Promise<void> {
    const failures = await this.messaging.publishBatch(
      tasks.map((task) => ({
        subject: taskSubject({ pool, type: task.stepType }),
        data: toBinary(TaskSchema, task),
      })),
    );
    if (failures.length > 0) throw new Error(`${failures.length} tasks were not stored: ${failures[0]?.message}`);
  }

  /** How many tasks are on the work queues, delivered or not. */
  async pending(): Promise<number> {
    const answer = await this.messaging.request(`$JS.API.STREAM.INFO.${TASKS_STREAM}`, new Uint8Array(), {
      timeoutMs: 2_000,
    });
    const info = JSON.parse(new TextDecoder().decode(answer)) as { readonly state: { readonly messages: number } };
    return info.state.messages;
  }

  cancel({ runKey, ordinal, attempt, dispatch }: Task): void {
    const batch = create(CancelBatchSchema, { cancels: [{ runKey, ordinal, attempt, dispatch, reason: 'test' }] });
    this.messaging.publish(EXECUTORS_CANCEL, toBinary(CancelBatchSchema, batch));
  }

  claims(task: Task): readonly AttemptReport[] {
    return this.of(task).filter(({ kind }) => kind.case === 'claim');
  }

  results(task: Task): readonly AttemptResult[] {
    return this.of(task).flatMap(({ kind }) => (kind.case === 'result' ? [kind.value] : []));
  }

  private of(task: Task): readonly AttemptReport[] {
    return this.reports.filter(
      ({ dispatch }) => dispatch?.runKey === task.runKey && dispatch.dispatch === task.dispatch,
    );
  }

  private async renew(data: Uint8Array): Promise<Uint8Array> {
    this.leases.push(fromBinary(RenewLeaseSchema, data));
    const reply = create(RenewLeaseReplySchema, { now: BigInt(Date.now()), renewed: this.renews });
    return toBinary(RenewLeaseReplySchema, reply);
  }

  private async take(data: Uint8Array): Promise<Uint8Array> {
    const { reports } = fromBinary(AttemptReportBatchSchema, data);
    this.requests += 1;
    this.reports.push(...reports);
    const verdicts = reports.map((report) => this.verdict(report));
    if (verdicts.includes('silence')) return new Promise(() => undefined);
    const reply = create(AttemptReportReplySchema, { verdicts: verdicts as ReportVerdict[] });
    return toBinary(AttemptReportReplySchema, reply);
  }
}
