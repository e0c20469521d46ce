import type { DuckDBConnection } from '@duckdb/node-api';
import { openDatabase, runStatement } from './database.js';
import type { FromWorker, OpenDatabase, ToWorker } from './worker-messages.js';

/** workerProcess is the life of a worker: one database, one statement at a time, until the executor hangs up. */
export function workerProcess(): void {
  let opened: { readonly connection: DuckDBConnection; readonly maxRows: number } | undefined;
  const answer = (message: FromWorker): void => void process.send?.(message);
  const failed = (error: unknown): void =>
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  const open = async (message: OpenDatabase): Promise<void> => {
    opened = { connection: await openDatabase(message), maxRows: message.maxRows };
    answer({ kind: 'opened' });
  };
  const run = async (message: ToWorker & { kind: 'run' }): Promise<void> => {
    if (opened === undefined) throw new Error('no database is open');
    answer({ kind: 'ended', result: await runStatement(opened.connection, message, opened.maxRows) });
  };
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'interrupt') opened?.connection.interrupt();
    else (message.kind === 'open' ? open(message) : run(message)).catch(failed);
  });
  // The executor has ended the attempt, or is gone, even by kill -9: nothing of the attempt may go on.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
