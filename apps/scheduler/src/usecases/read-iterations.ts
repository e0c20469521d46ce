import { MaestroError } from '@maestro/domain';
import { readRank, representativeStatus } from '@maestro/engine';
import type {
  FoundIteration,
  IterationAsk,
  IterationFilter,
  IterationPage,
  StatusCount,
} from '../ports/iteration-reader.js';
import type { RunReference } from '../ports/run-reader.js';
import { locateIterations, type IterationDeps, type LocatedIterations } from './locate-iterations.js';

/** Iterations whose values a summary shows. */
const SAMPLED = 100;

/** listIterations reads a page. Throws as locateIterations, INVALID_PAGE_TOKEN for a place that lies in other loops. */
export async function listIterations(
  deps: IterationDeps,
  step: { readonly run: RunReference; readonly stepId: string },
  filter: IterationFilter,
  ask: IterationAsk,
): Promise<{ readonly located: LocatedIterations; readonly page: IterationPage }> {
  const located = await locateIterations(deps, step.run, step.stepId);
  if (ask.after !== undefined && ask.after.length !== located.path.loops.length)
    throw new MaestroError('INVALID_PAGE_TOKEN', 'The page token is not one of this list. Begin at the first page.');
  return { located, page: await deps.iterations.page(located.of, filter, ask) };
}

/** readIteration reads one by its rank. Throws as locateIterations, STEP_NOT_FOUND when there is no such iteration. */
export async function readIteration(
  deps: IterationDeps,
  step: { readonly run: RunReference; readonly stepId: string },
  rank: string,
): Promise<{ readonly located: LocatedIterations; readonly found: FoundIteration }> {
  const located = await locateIterations(deps, step.run, step.stepId);
  const place = readRank(rank);
  const depth = located.path.loops.length;
  if (place?.length !== depth) {
    const message = `"${rank}" is no rank of an iteration of step "${step.stepId}": ${depth} numbers with their lengths before them, as in ${'13-'.repeat(depth).slice(0, -1)}`;
    throw new MaestroError('INVALID_REQUEST', `${message}.`, { violations: [{ path: 'iteration_rank', message }] });
  }
  const found = await deps.iterations.one(located.of, place);
  if (found !== undefined) return { located, found };
  const message = `Step "${step.stepId}" has no iteration ${place.join('.')} in this run, or has not come to it.`;
  throw new MaestroError('STEP_NOT_FOUND', message, { metadata: { step_id: step.stepId, iteration_rank: rank } });
}

/** IterationSummary is how the iterations of a step fare as a whole. */
export interface IterationSummary {
  readonly located: LocatedIterations;
  readonly counts: readonly StatusCount[];
  /** The first of those that need attention most. */
  readonly representative: FoundIteration | undefined;
  /** The first ones: their values show what the loops go over. */
  readonly sample: readonly FoundIteration[];
}

/** summarizeIterations counts all iterations of a step: its cost grows with their number. Throws as locateIterations. */
export async function summarizeIterations(
  deps: IterationDeps,
  step: { readonly run: RunReference; readonly stepId: string },
): Promise<IterationSummary> {
  const located = await locateIterations(deps, step.run, step.stepId);
  const { of } = located;
  const [counts, sample] = await Promise.all([
    deps.iterations.counts(of),
    deps.iterations.page(of, {}, { size: SAMPLED, direction: 'forward' }),
  ]);
  const status = representativeStatus(counts.map((each) => each.status));
  const first = counts.find((each) => each.status === status)?.first;
  const representative = first === undefined ? undefined : await deps.iterations.one(of, first);
  return { located, counts, representative, sample: sample.items };
}
