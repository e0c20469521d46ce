import { parseJsonText } from '@maestro/dsl';
import { ApiError, apiErrorOf } from '../api/api-error.js';
import type { Client } from '../api/client.js';
import { ConnectionError } from '../api/connection-error.js';
import type { Cli } from '../cli.js';
import { readEvents } from './server-sent-events.js';

interface LogEvent {
  readonly text: string;
}

/** LogEnd is what the gateway says of the end of a log. */
export interface LogEnd {
  /** False: the executor died before it had stored all. */
  readonly complete: boolean;
  readonly status?: string;
}

/** An error in mid-stream has no HTTP status of its own: its code says whether to come back. */
const BROKEN_STREAM = 503;
const PASSING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'TIMED_OUT', 'OVERLOADED']);
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2_000;
/** A gateway that is away longer than this does not come back by itself. */
const PATIENCE_MS = 10 * 60_000;

/**
 * followLog prints the log at `path` until the attempt has ended, and says how; undefined when the signal aborted. When the
 * stream breaks it goes on behind the last piece that it has printed.
 */
export async function followLog(
  cli: Pick<Cli, 'wait' | 'now' | 'terminal'>,
  client: Client,
  path: string,
  signal: AbortSignal,
): Promise<LogEnd | undefined> {
  const isLeft = (): boolean => signal.aborted;
  let lastId: string | undefined;
  let seen = cli.now();
  for (let wait = FIRST_WAIT_MS; !isLeft(); wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      for await (const { event, data, id } of readEvents(
        client.stream(path, 'text/event-stream', signal, { lastEventId: lastId }),
      )) {
        if (event === 'error') throw apiErrorOf(BROKEN_STREAM, data);
        if (event === 'end') return parseJsonText(data) as unknown as LogEnd;
        if (event === 'log') await cli.terminal.write((parseJsonText(data) as unknown as LogEvent).text);
        lastId = id ?? lastId;
        seen = cli.now();
        wait = FIRST_WAIT_MS;
      }
    } catch (error) {
      if (isLeft()) return undefined;
      if (
        !isPassing(error) ||
        (lastId === undefined && !(error instanceof ApiError)) ||
        cli.now() - seen > PATIENCE_MS
      ) {
        throw error;
      }
    }
    await cli.wait(wait, signal);
  }
  return undefined;
}

/** A gateway that restarts refuses connections, breaks streams, or has services behind it that are not there yet. */
function isPassing(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ApiError && PASSING.has(error.code));
}
