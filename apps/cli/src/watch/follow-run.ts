import { isTerminalInstance } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import { ApiError, apiErrorOf } from '../api/api-error.js';
import type { Client } from '../api/client.js';
import { ConnectionError } from '../api/connection-error.js';
import { apiPath, runParts } from '../api/path.js';
import type { Cli } from '../cli.js';
import type { RunReference } from '../reference.js';
import { readEvents } from './server-sent-events.js';
import { withUpdate, type RunState, type RunUpdate } from './run-state.js';

/** Sight is what a follower sees: the run, or that it cannot be seen at the moment. */
export type Sight = { readonly state: RunState } | { readonly lost: string };

/** An error in mid-stream has no HTTP status of its own; it stands for a service behind the gateway that is away. */
const BROKEN_STREAM = 503;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2_000;
/** A gateway that is away longer than this does not come back by itself. */
const PATIENCE_MS = 10 * 60_000;

/**
 * followRun sees a run until it has ended. When the stream breaks, it connects again: the first event of a new stream has
 * the whole run. Ends early, without an error, when the signal aborts.
 */
export async function* followRun(
  cli: Pick<Cli, 'wait' | 'now'>,
  client: Client,
  run: RunReference,
  signal: AbortSignal,
): AsyncGenerator<Sight> {
  let state: RunState | undefined;
  let seen = cli.now();
  const isLeft = (): boolean => signal.aborted;
  for (let wait = FIRST_WAIT_MS; !isLeft(); wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const found: RunReference = state === undefined ? run : { ...run, run: String(state.instance.workflow_run_id) };
    try {
      for await (const update of updates(client, found, signal)) {
        state = withUpdate(state, update);
        seen = cli.now();
        wait = FIRST_WAIT_MS;
        if (state !== undefined) yield { state };
      }
    } catch (error) {
      if (isLeft()) return;
      if (state === undefined || !isPassing(error) || cli.now() - seen > PATIENCE_MS) throw error;
      yield { lost: error instanceof Error ? error.message : String(error) };
    }
    if (state !== undefined && isTerminalInstance(state.instance.status)) return;
    await cli.wait(wait, signal);
  }
}

/** A gateway that restarts refuses connections, breaks streams, or has services behind it that are not there yet. */
function isPassing(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ApiError && error.httpStatus >= 500);
}

async function* updates(client: Client, run: RunReference, signal: AbortSignal): AsyncGenerator<RunUpdate> {
  const chunks = client.stream(apiPath(runParts(run, 'events')), 'text/event-stream', signal);
  for await (const { event, data } of readEvents(chunks)) {
    if (event === 'run') yield parseJsonText(data) as RunUpdate;
    else if (event === 'error') throw apiErrorOf(BROKEN_STREAM, data);
  }
}
