import { MaestroError, type StepIdentity } from '@maestro/domain';
import type { LogChunk, LogSignals, LogStore, LogStreamName } from '../ports/log-store.js';
import { lastLines } from './last-lines.js';
import { Wakeup } from './wakeup.js';

export interface ReadLogRequest {
  readonly of: Omit<StepIdentity, 'attempt'>;
  /** 0 = the latest. */
  readonly attempt: number;
  readonly follow: boolean;
  /** Skip this many bytes. */
  readonly offset: number;
  /** Only what comes after this sequence; 0 = all. */
  readonly after: number;
  /** Only these streams; empty = all. */
  readonly streams: readonly LogStreamName[];
  /** Only so many last lines, and what follows; 0 = all. */
  readonly tailLines: number;
}

export interface ReadLogDeps {
  readonly store: LogStore;
  readonly signals: LogSignals;
  /** How long to follow a log that has not begun; milliseconds. */
  readonly patienceMs: number;
}

/** Of pieces of 64 KB at most: 2 MB for each reader. */
const PAGE = 32;
/** A look without a signal: only for signals lost with their connection. */
const LOOK_AGAIN_MS = 5_000;
const BEGINNING = 0;

/**
 * readLog answers with what is there, and when told to follow with what comes, until the attempt has ended: that is said
 * by a last piece without data. Throws LOG_NOT_FOUND when there is no log.
 */
export async function* readLog(
  deps: ReadLogDeps,
  request: ReadLogRequest,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void> {
  const attempt = request.attempt || (await deps.store.latestAttempt(request.of)) || 1;
  const of: StepIdentity = { ...request.of, attempt };
  const tail = request.tailLines > 0 ? await lastLines(deps.store, of, request) : [];
  let skip = request.offset;
  for await (const chunk of behind(
    deps,
    of,
    { ...request, after: tail.at(-1)?.sequence ?? request.after },
    tail,
    signal,
  )) {
    if (!chunk.last && request.streams.length > 0 && !request.streams.includes(chunk.stream)) continue;
    const data = chunk.data.subarray(Math.min(skip, chunk.data.length));
    skip -= chunk.data.length - data.length;
    if (data.length > 0 || chunk.truncated || chunk.last) yield { ...chunk, data };
  }
}

/** What was read backwards, and then what is behind it. */
async function* behind(
  deps: ReadLogDeps,
  of: StepIdentity,
  request: ReadLogRequest,
  tail: readonly LogChunk[],
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void> {
  yield* tail;
  if (tail.at(-1)?.last === true) return;
  yield* request.follow ? follow(deps, of, request.after, signal) : available(deps.store, of, request.after);
}

/** Everything behind a position. Throws LOG_NOT_FOUND when the log has no beginning. */
async function* available(store: LogStore, of: StepIdentity, from: number): AsyncGenerator<LogChunk, void> {
  let after = from;
  for (;;) {
    const chunks = await store.read(of, after, PAGE);
    if (chunks.length === 0 && after === BEGINNING) throw notFound(of);
    yield* chunks;
    const last = chunks.at(-1);
    if (last === undefined || chunks.length < PAGE) return;
    after = last.sequence;
  }
}

async function* follow(
  deps: ReadLogDeps,
  of: StepIdentity,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void> {
  const wakeup = new Wakeup(signal);
  let unwatch = await deps.signals.watch(of, () => wakeup.wake());
  const giveUpAt = performance.now() + deps.patienceMs;
  let after = from;
  try {
    while (!signal.aborted) {
      const chunks = await deps.store.read(of, after, PAGE);
      yield* chunks;
      const last = chunks.at(-1);
      if (last?.last === true) return;
      if (last !== undefined) after = last.sequence;
      if (after === BEGINNING && performance.now() >= giveUpAt) throw notFound(of);
      if (chunks.length < PAGE) {
        await wakeup.sleep(after === BEGINNING ? deps.patienceMs : LOOK_AGAIN_MS);
        // After a lost connection the watch must be renewed; on a good one this costs nothing.
        unwatch();
        unwatch = await deps.signals.watch(of, () => wakeup.wake());
      }
    }
  } finally {
    unwatch();
    wakeup.close();
  }
}

function notFound({ workflowId, instanceId, runId, stepId, attempt }: StepIdentity): MaestroError {
  const message =
    `There is no log of attempt ${attempt} of step ${stepId} (workflow ${workflowId}, instance ${instanceId}, run ` +
    `${runId}). It wrote nothing, has not begun, or its log is past its retention.`;
  return new MaestroError('LOG_NOT_FOUND', message);
}
