import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { waitUntil } from '@maestro/testing';
import { MARKING_SCRIPT } from './marks.js';
import { literal, step, text, then } from './runs.js';
import type { System } from './system.js';

const PATIENT = {
  retry_policy: {
    error_retry_limit: 0,
    platform_retry_limit: 50,
    backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 1, platform_retry_backoff_in_secs: 1 },
  },
};

const STEP_IDS = ['begin', 'left', 'right', 'join', 'check', 'done'];

/** Load is a number of runs of one workflow of six steps, two of which mark what they do in a file. */
export class Load {
  readonly marks: string;
  private readonly requestIds: readonly string[];
  private started: Promise<void> | undefined;

  constructor(
    private readonly system: System,
    readonly id: string,
    readonly runs: number,
  ) {
    this.marks = join(system.dataDir, `${id}.marks`);
    this.requestIds = Array.from({ length: runs }, () => randomUUID());
  }

  /** Pushes the workflow and begins to start runs, a few at a time; each start is repeated until it is answered. */
  async begin(): Promise<void> {
    const marking = (id: string, next: string): unknown =>
      step(id, 'Shell', {
        ...PATIENT,
        params: { script: literal(MARKING_SCRIPT), marks: text(this.marks) },
        ...object(next),
      });
    await this.system.runs.pushSteps(
      this.id,
      [
        step('begin', 'Echo', { ...PATIENT, ...object('left', 'right') }),
        marking('left', 'join'),
        step('right', 'Echo', { ...PATIENT, ...object('join') }),
        step('join', 'NoOp', object('check')),
        marking('check', 'done'),
        step('done', 'Echo', PATIENT),
      ],
      { properties: { run_strategy: { rule: 'PARALLEL', workflow_concurrency: this.runs } } },
    );
    this.started = this.startAll();
    // Looked at by finished(); until then a failure must not end the process.
    this.started.catch(() => undefined);
  }

  /** Resolves when all have ended as they should: once each, all steps SUCCEEDED. */
  async finished(timeoutMs = 60_000): Promise<void> {
    await this.started;
    const ended = async (): Promise<boolean> => {
      const statuses = await this.statuses();
      if (Object.keys(statuses).every((status) => status === 'SUCCEEDED')) return true;
      throw new Error(JSON.stringify(statuses));
    };
    await waitUntil(ended, { timeoutMs, describe: `all runs of ${this.id} succeed` });
    expect(await this.statuses()).toEqual({ SUCCEEDED: this.runs });
    expect(await this.stepStatuses()).toEqual({ SUCCEEDED: this.runs * STEP_IDS.length });
  }

  /** How many runs have each status. */
  async statuses(): Promise<Record<string, number>> {
    return this.count('select status, count(*)::int as n from scheduler.run where workflow_id = $1 group by 1');
  }

  private stepStatuses(): Promise<Record<string, number>> {
    return this.count(`select status, count(*)::int as n from
      (select distinct on (s.run_key, s.ordinal) s.status from scheduler.step s join scheduler.run r using (run_key)
       where r.workflow_id = $1 order by s.run_key, s.ordinal, s.attempt desc) latest group by 1`);
  }

  private async count(sql: string): Promise<Record<string, number>> {
    const found = await this.system.sql<{ status: string; n: number }>(sql, [this.id]);
    return Object.fromEntries(found.map(({ status, n }) => [status, n]));
  }

  private async startAll(): Promise<void> {
    const waiting = [...this.requestIds];
    const startNext = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await this.startOnce(next);
    };
    await Promise.all(Array.from({ length: 8 }, startNext));
  }

  private async startOnce(requestId: string): Promise<void> {
    await waitUntil(() => this.system.runs.start(this.id, { requestId }), {
      timeoutMs: 60_000,
      describe: `a start of ${this.id} is answered`,
    });
  }
}

const object = (...next: string[]): Record<string, unknown> => then(...next) as Record<string, unknown>;
