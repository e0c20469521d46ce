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

const STEPS = 6;

/** So many runs are open at any time. */
const OPEN_RUNS = 60;

/**
 * Load keeps runs of one workflow going until it is told to finish: six steps each, of which two mark what they do in a
 * file. What is killed is killed while it works.
 */
export class Load {
  readonly marks: string;
  private started = 0;
  private enough = false;
  private starting: Promise<void> | undefined;

  constructor(
    private readonly system: System,
    readonly id: string,
  ) {
    this.marks = join(system.dataDir, `${id}.marks`);
  }

  /** Pushes the workflow and resolves when its first run has ended. */
  async begin(): Promise<void> {
    // What the test before killed may still be coming back to those who call it.
    await waitUntil(() => this.push(), { timeoutMs: 60_000, describe: `${this.id} is pushed` });
    this.starting = this.keepStarting();
    // Looked at by finish(); until then a failure must not end the process.
    this.starting.catch(() => undefined);
    await this.goesOn(1);
  }

  private push(): Promise<unknown> {
    const steps = [
      step('begin', 'Echo', { ...PATIENT, ...then('left', 'right') }),
      this.marking('left', 'join'),
      step('right', 'Echo', { ...PATIENT, ...then('join') }),
      step('join', 'NoOp', then('check')),
      this.marking('check', 'done'),
      step('done', 'Echo', PATIENT),
    ];
    const properties = { run_strategy: { rule: 'PARALLEL', workflow_concurrency: OPEN_RUNS } };
    return this.system.runs.pushSteps(this.id, steps, { properties });
  }

  /** Resolves when so many more runs have ended. */
  async goesOn(runs: number): Promise<void> {
    const ended = async (): Promise<number> => (await this.statuses())['SUCCEEDED'] ?? 0;
    const before = await waitUntil(async () => ({ ended: await ended() }), { describe: 'Postgres answers' });
    await waitUntil(async () => (await ended()) >= before.ended + runs, {
      timeoutMs: 60_000,
      describe: `${runs} more runs of ${this.id} end`,
    });
  }

  /** Starts no more, and resolves when all have ended as they should: once each, all steps SUCCEEDED. */
  async finish(): Promise<void> {
    this.enough = true;
    await this.starting;
    const ended = async (): Promise<boolean> => {
      const statuses = await this.statuses();
      if (Object.keys(statuses).every((status) => status === 'SUCCEEDED')) return true;
      throw new Error(JSON.stringify(statuses));
    };
    await waitUntil(ended, { timeoutMs: 60_000, describe: `all runs of ${this.id} succeed` });
    expect(await this.statuses()).toEqual({ SUCCEEDED: this.started });
    expect(await this.stepStatuses()).toEqual({ SUCCEEDED: this.started * STEPS });
  }

  /** How many runs have each status. */
  private statuses(): Promise<Record<string, number>> {
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

  private marking(id: string, next: string): unknown {
    const params = { script: literal(MARKING_SCRIPT), marks: text(this.marks) };
    return step(id, 'Shell', { ...PATIENT, params, ...then(next) });
  }

  private async keepStarting(): Promise<void> {
    while (!this.enough) {
      const missing = await waitUntil(() => this.missing(), { timeoutMs: 60_000, describe: 'runs end' });
      if (missing !== 'enough') await Promise.all(Array.from({ length: missing }, () => this.startOne()));
    }
  }

  /** How many runs to start now; none as long as most are open. */
  private async missing(): Promise<number | 'enough' | undefined> {
    if (this.enough) return 'enough';
    const { SUCCEEDED: ended = 0 } = await this.statuses();
    const open = this.started - ended;
    return open < OPEN_RUNS / 2 ? OPEN_RUNS - open : undefined;
  }

  /** The start is repeated until it is answered: its request id makes it one run. */
  private async startOne(): Promise<void> {
    this.started += 1;
    const requestId = randomUUID();
    await waitUntil(() => this.system.runs.start(this.id, { requestId }), {
      timeoutMs: 60_000,
      describe: `a start of ${this.id} is answered`,
    });
  }
}
