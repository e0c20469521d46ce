import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { waitUntil } from '@maestro/testing';
import { CALLED, calledGraph, LIMITS, mixedGraphs, type MixedGraph } from './mixed-graphs.js';
import type { System } from './system.js';

/** So many started runs are open at any time. */
const OPEN_RUNS = 60;

/** What was killed may take its time to come back. */
const PATIENCE_MS = 60_000;

type Counts = Record<string, number>;

/** MixedLoad starts so many runs of all mixed graphs in turn, and holds what becomes of them against what must. */
export class MixedLoad {
  /** Where scripts mark what they do. */
  readonly marks: string;
  private readonly graphs: readonly MixedGraph[];
  private readonly started = new Map<MixedGraph, number>();
  private begun = 0;

  constructor(
    private readonly system: System,
    private readonly runs: number,
  ) {
    this.marks = join(system.dataDir, 'mixed.marks');
    this.graphs = mixedGraphs(this.marks);
  }

  /** Sets the limits and pushes the workflows. */
  async prepare(): Promise<void> {
    for (const [tag, max_allowed] of Object.entries(LIMITS)) {
      await this.system.rest.succeed('POST', '/tag-permits', { body: { tag, max_allowed } });
    }
    const properties = { run_strategy: { rule: 'PARALLEL', workflow_concurrency: 1_000 } };
    for (const { id, steps, params } of [calledGraph(), ...this.graphs]) {
      // What is called is kept for another time than those who call it: its runs lie in other partitions.
      const tags = id === CALLED ? ['retention.7d'] : [];
      await this.system.runs.pushSteps(id, steps, { properties, tags, ...(params === undefined ? {} : { params }) });
    }
  }

  /** Starts all runs, a window at a time; resolves when the last one is started. */
  async startAll(): Promise<void> {
    while (this.begun < this.runs) {
      const free = await waitUntil(() => this.free(), { timeoutMs: PATIENCE_MS, describe: 'open runs end' });
      const count = Math.min(free, this.runs - this.begun);
      await Promise.all(Array.from({ length: count }, () => this.startOne()));
    }
  }

  /** Starts of which not all were answered yet are among them. */
  get startedRuns(): number {
    return this.begun;
  }

  /** How many runs, with those below them, have ended: what grows as long as there is progress. */
  async ended(): Promise<number> {
    const rows = await this.system.sql<{ n: number }>(
      'select count(*)::int as n from scheduler.run where end_time is not null',
    );
    return rows[0]?.n ?? 0;
  }

  async allEnded(): Promise<boolean> {
    const open = await this.open();
    if (open === 0) return true;
    throw new Error(`${open} runs are open`);
  }

  /** What came of all runs by graph, beside what had to. */
  async results(): Promise<{ readonly found: unknown; readonly expected: unknown }> {
    const all = [calledGraph(), ...this.graphs];
    const found: Record<string, unknown> = {};
    for (const { id } of all) {
      const key = `workflow_key = (select max(workflow_key) from scheduler.workflow_queue where workflow_id = $1)`;
      found[id] = {
        runs: await this.count(
          `select status, count(*)::int as n from scheduler.run where ${key} and body is null group by 1`,
          id,
        ),
        iterations: await this.count(
          `select status, count(*)::int as n from scheduler.run where ${key} and body is not null group by 1`,
          id,
        ),
        leaves: await this.count(
          `select status, count(*)::int as n from
             (select distinct on (s.run_key, s.ordinal) s.status from scheduler.step s join scheduler.run r using (run_key)
              where r.${key} order by s.run_key, s.ordinal, s.attempt desc) latest group by 1`,
          id,
        ),
      };
    }
    return { found, expected: Object.fromEntries(all.map((graph) => [graph.id, this.expected(graph)])) };
  }

  private expected(graph: MixedGraph): { runs: Counts; iterations: Counts; leaves: Counts } {
    const runs = graph.id === CALLED ? this.calls() : (this.started.get(graph) ?? 0);
    const times = (counts: Counts): Counts =>
      Object.fromEntries(Object.entries(counts).flatMap(([status, n]) => (n * runs > 0 ? [[status, n * runs]] : [])));
    return {
      runs: times({ [graph.ends]: 1 }),
      iterations: times({ SUCCEEDED: graph.iterations }),
      leaves: times(graph.leaves),
    };
  }

  private calls(): number {
    return [...this.started].reduce((sum, [{ calls }, runs]) => sum + calls * runs, 0);
  }

  /** How many runs to start now; undefined as long as most are open. */
  private async free(): Promise<number | undefined> {
    const open = await this.open();
    return open <= OPEN_RUNS / 2 ? OPEN_RUNS - open : undefined;
  }

  /** Open runs that nobody but this load has started. */
  private async open(): Promise<number> {
    const rows = await this.system.sql<{ n: number }>(
      'select count(*)::int as n from scheduler.run where end_time is null and parent_run_key is null',
    );
    return rows[0]?.n ?? 0;
  }

  /** The start is repeated until it is answered: its request id makes it one run. */
  private async startOne(): Promise<void> {
    const graph = this.graphs[this.begun % this.graphs.length];
    if (graph === undefined) throw new Error('there are no graphs');
    this.begun += 1;
    this.started.set(graph, (this.started.get(graph) ?? 0) + 1);
    const requestId = randomUUID();
    await waitUntil(() => this.system.runs.start(graph.id, { requestId }), {
      timeoutMs: PATIENCE_MS,
      describe: `a start of ${graph.id} is answered`,
    });
  }

  private async count(sql: string, id: string): Promise<Counts> {
    const rows = await this.system.sql<{ status: string; n: number }>(sql, [id]);
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  }
}
