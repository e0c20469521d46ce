import type { WorkResult } from '../run-work.js';
import { median } from '../statistics.js';
import { isMet } from './verdict.js';

/** resultsJson is the text of `--json`: by figure, its median, unit, target, all runs, and a problem if there was one. */
export function resultsJson(results: readonly WorkResult[]): string {
  const entries = results.flatMap(({ work, samples, problem }) =>
    work.figures.map((figure) => {
      const runs = samples.map(({ values }) => values[figure.key] ?? Number.NaN);
      const known =
        runs.length === 0 ? {} : { median: median(runs), met: problem === undefined && isMet(figure, median(runs)) };
      const trouble = problem === undefined ? {} : { problem };
      return [figure.key, { ...known, unit: figure.unit, target: figure.target, runs, ...trouble }] as const;
    }),
  );
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
