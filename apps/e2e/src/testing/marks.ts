import { existsSync, readFileSync } from 'node:fs';

/**
 * A script that appends a line `<attempt id> <process id> <what> <tags>` to $MAESTRO_PARAM_MARKS when it starts, five times
 * while it runs, and when it ends; the tags are what its param `under` says, if it has one. Short appends are whole, so the
 * order of the lines is the order of the events.
 */
export const MARKING_SCRIPT = `
mark() { echo "$MAESTRO_ATTEMPT_ID $$ $1 $MAESTRO_PARAM_UNDER" >> "$MAESTRO_PARAM_MARKS"; }
mark start
for tick in 1 2 3 4 5; do sleep 0.02; mark tick; done
mark end`;

/** Execution is one process of one attempt, from its first to its last line. */
interface Execution {
  readonly process: string;
  readonly first: number;
  last: number;
  readonly tags: readonly string[];
}

/** executionsOf are the executions of each attempt id, in the order of their starts. */
export function executionsOf(file: string): ReadonlyMap<string, readonly Execution[]> {
  const attempts = new Map<string, Execution[]>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  lines.forEach((line, index) => {
    const [attempt = '', process = '', , ...tags] = line.split(' ');
    const executions = attempts.get(attempt) ?? [];
    attempts.set(attempt, executions);
    const known = executions.find((execution) => execution.process === process);
    if (known === undefined) executions.push({ process, first: index, last: index, tags });
    else known.last = index;
  });
  return attempts;
}

/** overlapsIn names the attempts of which two executions ran at the same time. */
export function overlapsIn(file: string): string[] {
  const overlaps = (executions: readonly Execution[]): boolean =>
    executions.some((execution, index) => index > 0 && execution.first < (executions[index - 1]?.last ?? -1));
  return [...executionsOf(file)].filter(([, executions]) => overlaps(executions)).map(([attempt]) => attempt);
}

/** mostAtOnce is the largest number of executions under a tag that ran at the same time. */
export function mostAtOnce(file: string, tag: string): number {
  const executions = [...executionsOf(file).values()].flat().filter(({ tags }) => tags.includes(tag));
  const changes = executions.flatMap(({ first, last }) => [
    { at: first, by: 1 },
    { at: last, by: -1 },
  ]);
  let [now, most] = [0, 0];
  for (const { by } of changes.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
