import { parseJsonText } from '@maestro/dsl';
import { apiErrorOf } from '../api/api-error.js';
import type { Client } from '../api/client.js';
import type { SignalBody } from '../api/signal-bodies.js';
import type { Cli } from '../cli.js';
import { signalText } from '../print/signal.js';
import type { Output } from '../print/output.js';
import { readEvents } from './server-sent-events.js';

/** An error in mid-stream has no HTTP status of its own. */
const BROKEN_STREAM = 503;

/** followSignals prints announcements as they come until the user leaves; any output but the table has a line of JSON each. */
export async function followSignals(cli: Cli, client: Client, path: string, output: Output): Promise<void> {
  const left = new AbortController();
  const forget = cli.terminal.onInterrupt(() => left.abort());
  try {
    for await (const { event, data } of readEvents(client.stream(path, 'text/event-stream', left.signal))) {
      if (event === 'error') throw apiErrorOf(BROKEN_STREAM, data);
      if (event !== 'signal') continue;
      const line = output === 'table' ? signalText(parseJsonText(data) as unknown as SignalBody, cli.now()) : data;
      await cli.terminal.write(`${line}\n`);
    }
  } catch (error) {
    if (!left.signal.aborted) throw error;
  } finally {
    forget();
  }
}
