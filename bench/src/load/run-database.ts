import { Client } from 'pg';

/** StatusCounts is how many there are of each status. */
export type StatusCounts = Readonly<Record<string, number>>;

/** Which runs: those of some workflows that came after a moment. */
export interface RunRange {
  readonly workflowKeys: readonly bigint[];
  /** Only runs with a greater key: keys are ordered by time. */
  readonly after: bigint;
}

/** Firing is a run that a time trigger started. */
export interface Firing {
  readonly nominal: number;
  readonly end: number;
}

/**
 * RunDatabase looks at the scheduler's tables by its own connection. Only the benchmark may: it asks the cheapest
 * question there is, so that looking does not slow what is being looked at.
 */
export class RunDatabase {
  private constructor(private readonly client: Client) {}

  static async connect(url: string): Promise<RunDatabase> {
    const client = new Client({ connectionString: url });
    // A lost connection fails the next question; unheard, it would end the process before anything is stopped.
    client.on('error', () => undefined);
    await client.connect();
    // As for the services: plans made on empty tables would be kept.
    await client.query(`set plan_cache_mode = force_custom_plan; set search_path = scheduler`);
    return new RunDatabase(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** The greatest run key of all; 0 when there are no runs. */
  async lastRunKey(): Promise<bigint> {
    const rows = await this.rows<{ last: string | null }>('last', 'select max(run_key) as last from run', []);
    return BigInt(rows[0]?.last ?? 0);
  }

  /** The key of an instance's first run. */
  async runKeyOf(workflowKey: bigint, instance: bigint): Promise<bigint> {
    const text = 'select run_key from instance_run where workflow_key = $1 and instance_id = $2 and run_id = 1';
    const rows = await this.rows<{ run_key: string }>('key', text, [workflowKey, instance]);
    const key = rows[0]?.run_key;
    if (key === undefined) throw new Error(`instance ${instance} of workflow key ${workflowKey} has no run`);
    return BigInt(key);
  }

  /** Has this run ended? */
  async hasEnded(runKey: bigint): Promise<boolean> {
    const text = 'select end_time is not null as ended from run where run_key = $1';
    const rows = await this.rows<{ ended: boolean }>('ended', text, [runKey]);
    return rows[0]?.ended === true;
  }

  /** Is there a run of these workflows that has not ended? */
  async anyOpen(workflowKeys: readonly bigint[]): Promise<boolean> {
    const text = 'select exists (select from run where workflow_key = any($1::bigint[]) and end_time is null) as open';
    const rows = await this.rows<{ open: boolean }>('any', text, [workflowKeys]);
    return rows[0]?.open === true;
  }

  /** When an open run of these workflows was last changed, in milliseconds since 1970. */
  async lastChange(workflowKeys: readonly bigint[]): Promise<number> {
    const text = `select coalesce(max(modify_time), 0) as last from run
      where workflow_key = any($1::bigint[]) and end_time is null`;
    const rows = await this.rows<{ last: string }>('change', text, [workflowKeys]);
    return Number(rows[0]?.last ?? 0);
  }

  /** When the runs of a workflow ended that have, in milliseconds since 1970, by instance. */
  async endTimes(workflowKey: bigint): Promise<ReadonlyMap<number, number>> {
    const text = 'select instance_id, end_time from run where workflow_key = $1 and end_time is not null';
    const rows = await this.rows<{ instance_id: string; end_time: string }>('ends', text, [workflowKey]);
    return new Map(rows.map(({ instance_id, end_time }) => [Number(instance_id), Number(end_time)]));
  }

  /** Runs that time triggers started and that have ended, later than a key: their nominal times and ends, in milliseconds since 1970. */
  async firings(after: bigint): Promise<readonly Firing[]> {
    const text = `select (params->'RUN_TS'->>'evaluatedResult') as nominal, end_time from run
      where run_key > $1 and end_time is not null`;
    const rows = await this.rows<{ nominal: string; end_time: string }>('firings', text, [after]);
    return rows.map(({ nominal, end_time }) => ({ nominal: Number(nominal), end: Number(end_time) }));
  }

  /** How many runs later than a key have ended. */
  async endedAfter(after: bigint): Promise<number> {
    const text = 'select count(*)::int as count from run where run_key > $1 and end_time is not null';
    const rows = await this.rows<{ count: number }>('ended-after', text, [after]);
    return rows[0]?.count ?? 0;
  }

  /** How many time triggers there are, and how many of them are due now. */
  async triggerCounts(): Promise<{ readonly all: number; readonly due: number }> {
    const text = `select count(*)::int as all, count(*) filter (where next_fire_at <= extract(epoch from clock_timestamp()) * 1000)::int as due
      from time_trigger`;
    const rows = await this.rows<{ all: number; due: number }>('triggers', text, []);
    return rows[0] ?? { all: 0, due: 0 };
  }

  /** How many runs of all workflows have not ended. */
  async openRuns(): Promise<number> {
    const text = 'select count(*)::int as count from run where end_time is null';
    const rows = await this.rows<{ count: number }>('open', text, []);
    return rows[0]?.count ?? 0;
  }

  /** Runs of a range by status. */
  runCounts(range: RunRange): Promise<StatusCounts> {
    const text = `select status, count(*)::int as count from run
      where workflow_key = any($1::bigint[]) and run_key > $2 group by status`;
    return this.counts('runs', text, range);
  }

  /** Attempts of steps of the runs of a range by status. */
  stepCounts(range: RunRange): Promise<StatusCounts> {
    const text = `select step.status, count(*)::int as count from step join run using (run_key)
      where run.workflow_key = any($1::bigint[]) and run.run_key > $2 group by step.status`;
    return this.counts('steps', text, range);
  }

  private async counts(name: string, text: string, range: RunRange): Promise<StatusCounts> {
    const values = [range.workflowKeys, range.after];
    const rows = await this.rows<{ status: string; count: number }>(name, text, values);
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  private async rows<R extends object>(name: string, text: string, values: readonly unknown[]): Promise<R[]> {
    const result = await this.client.query<R>({ name, text, values: values.map(plain) });
    return result.rows;
  }
}

/** pg sends bigints as text by itself, but not those in arrays. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return Array.isArray(value) ? value.map(plain) : value;
}
