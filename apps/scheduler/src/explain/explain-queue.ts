import type { RunPicture } from '../ports/run-reader.js';
import type { QueuePlace, RunNumber } from '../ports/wait-reader.js';
import type { QueueRow } from '../rows/queue-row.js';
import type { Explained } from './explained.js';

/** explainQueue says why a run that has not begun has not begun: all that holds it, the strongest first. */
export function explainQueue({ header, admitted }: RunPicture, place: QueuePlace): readonly Explained[] {
  const since = header.createTime;
  const { queue } = place;
  if (header.evaluation?.since !== undefined) return [evaluating(header.evaluation.since)];
  if (admitted || !place.waiting || queue === undefined) return [launching(since)];
  const holds = [closed(queue), blocked(queue, place), full(queue, place)];
  const found = holds.flatMap((hold) =>
    hold === undefined ? [] : [{ kind: 'RUN_STRATEGY' as const, since, ...hold }],
  );
  if (queue.paused) return [{ kind: 'PERSON', since, ...PAUSED }, ...found];
  return found.length > 0 ? found : [launching(since)];
}

type Hold = Pick<Explained, 'message' | 'remedy'>;

function evaluating(since: number): Explained {
  return {
    kind: 'EXECUTION',
    since,
    message: 'The params of the workflow take long and are being evaluated; it is launched when they are there.',
    remedy: 'Nothing; simplify the expressions if it takes long.',
  };
}

const PAUSED: Hold = {
  message: 'The workflow is paused: it takes starts and launches none.',
  remedy: 'Somebody has to resume the workflow.',
};

function launching(since: number): Explained {
  return {
    kind: 'EXECUTION',
    since,
    message: 'Its run strategy has let it in; a scheduler is about to launch it.',
    remedy: 'Nothing; if it takes longer than seconds, check that schedulers are running.',
  };
}

function closed(queue: QueueRow): Hold | undefined {
  if (!queue.closed) return undefined;
  return { message: 'The workflow is being deleted and launches nothing any more.', remedy: 'Stop the instance.' };
}

function blocked(queue: QueueRow, { blocking }: QueuePlace): Hold | undefined {
  if (queue.rule !== 'STRICT_SEQUENTIAL' || queue.blockingFailed === 0) return undefined;
  const named = list(blocking, queue.blockingFailed);
  return {
    message: `STRICT_SEQUENTIAL lets nothing start after a failure, and ${queue.blockingFailed} failed: ${named}.`,
    remedy: 'Unblock the workflow, or restart what failed.',
  };
}

function full(queue: QueueRow, { ahead, running }: QueuePlace): Hold | undefined {
  const limit = queue.rule === 'PARALLEL' ? queue.concurrency : 1;
  const position = `It is number ${ahead + 1n} of ${queue.queued} in the queue`;
  if (queue.running >= limit) {
    return {
      message: `${position}: ${queue.rule} lets ${limit} run at once, and ${queue.running} run: ${list(running, queue.running)}.`,
      remedy: `It starts when those before it have ended; to have it earlier, stop some${queue.rule === 'PARALLEL' ? ' or raise the concurrency' : ''}.`,
    };
  }
  if (ahead === 0n) return undefined;
  return { message: `${position}; those before it start first.`, remedy: 'Nothing: it is let in after them.' };
}

/** The oldest by name, and how many more there are. */
function list(named: readonly RunNumber[], total: number): string {
  const names = named.map(({ instanceId, runId }) => `instance ${instanceId} run ${runId}`);
  const more = total - named.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
