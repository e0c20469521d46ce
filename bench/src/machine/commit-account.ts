/** CommitReading is what the scheduler has committed up to now, from its Prometheus metrics. */
export interface CommitReading {
  readonly commits: number;
  /** Inputs (starts, reports, timers, acts) of all commits. */
  readonly inputs: number;
  readonly commitMs: number;
  readonly decideMs: number;
}

/** readCommits asks the scheduler for its metrics; what it does not tell is NaN. */
export async function readCommits(metricsUrl: string): Promise<CommitReading> {
  return parseCommits(await (await fetch(`${metricsUrl}/metrics`)).text());
}

/** parseCommits takes the reading from the text of the metrics; a scheduler that committed nothing yet has no such lines. */
export function parseCommits(text: string): CommitReading {
  const value = (name: string): number => {
    const found = new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, 'm').exec(text)?.[1];
    return found === undefined ? 0 : Number(found);
  };
  return {
    commits: value('maestro_commit_duration_ms_count'),
    inputs: value('maestro_commit_batch_inputs_sum'),
    commitMs: value('maestro_commit_duration_ms_sum'),
    decideMs: value('maestro_decide_duration_ms_sum'),
  };
}

/** combineCommits combines two readings number by number: what lies between them, or their sum. */
export function combineCommits(
  a: CommitReading,
  b: CommitReading,
  combine: (left: number, right: number) => number,
): CommitReading {
  return {
    commits: combine(a.commits, b.commits),
    inputs: combine(a.inputs, b.inputs),
    commitMs: combine(a.commitMs, b.commitMs),
    decideMs: combine(a.decideMs, b.decideMs),
  };
}

/** NO_COMMITS is the start of a sum. */
export const NO_COMMITS: CommitReading = { commits: 0, inputs: 0, commitMs: 0, decideMs: 0 };
