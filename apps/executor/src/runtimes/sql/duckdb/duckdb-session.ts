import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDbConnection } from '../connections.js';
import type { BoundStatement } from '../script/bind-statement.js';
import type { SessionRequest, SqlSession, StatementResult } from '../sql-engine.js';
import { SqlFailure } from '../sql-failure.js';
import { duckDbFailure } from './duckdb-failure.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

/** DuckDbParts is what sessions need of their executor. */
export interface DuckDbParts {
  /** The script of worker processes. */
  readonly script: string;
  /** What does not fit into memory goes into a folder of the attempt in it. */
  readonly scratchDir: string;
  /** How long an interrupted statement may take to end before its process is killed, in milliseconds. */
  readonly graceMs: number;
}

/** DuckDbSession is a DuckDB in a process of its own: whatever becomes of it, the executor goes on. */
export class DuckDbSession implements SqlSession {
  private waiting: { resolve(answer: FromWorker): void; reject(error: Error): void } | undefined;
  private readonly gone: Promise<void>;
  private killer: NodeJS.Timeout | undefined;
  private timedOut = false;

  private constructor(
    private readonly worker: ChildProcess,
    private readonly parts: DuckDbParts,
    private readonly request: SessionRequest,
    private readonly spillDir: string,
  ) {
    worker.on('message', (answer: FromWorker) => this.take()?.resolve(answer));
    worker.stderr?.on('data', (text: Buffer) => request.notice(text.toString().trimEnd()));
    this.gone = new Promise((resolve) => {
      worker.once('error', (error) => this.lost(error.message, resolve));
      worker.once('exit', (code, signal) => this.lost(`exit ${code ?? signal ?? ''}`, resolve));
    });
  }

  /** open starts a process and its database. */
  static async open(connection: DuckDbConnection, parts: DuckDbParts, request: SessionRequest): Promise<DuckDbSession> {
    const spillDir = join(parts.scratchDir, `duckdb-${request.attemptId}`);
    await mkdir(spillDir, { recursive: true, mode: 0o700 });
    // Nothing of the executor's environment gets in: statements can read it.
    const worker = fork(parts.script, [], {
      env: { LANG: 'C.UTF-8', HOME: spillDir, TMPDIR: spillDir },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const session = new DuckDbSession(worker, parts, request, spillDir);
    try {
      await session.ask({
        kind: 'open',
        path: connection.path ?? ':memory:',
        readOnly: connection.read_only,
        memory: connection.memory,
        threads: connection.threads,
        folders: connection.folders,
        externalAccess: connection.external_access,
        spillDir,
        attemptId: request.attemptId,
        maxRows: request.maxRows,
      });
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async run({ text, values }: BoundStatement): Promise<StatementResult> {
    const limit = this.request.statementTimeoutMs;
    const timer = limit === undefined ? undefined : setTimeout(() => this.timeOut(), limit);
    try {
      const answer = await this.ask({ kind: 'run', text, values });
      if (answer.kind === 'ended') return answer.result;
      throw new SqlFailure('PLATFORM_ERROR', `the DuckDB process answered "${answer.kind}"`);
    } catch (error) {
      throw this.timedOut ? new SqlFailure('TIMED_OUT', `The statement took longer than ${limit} ms.`) : error;
    } finally {
      clearTimeout(timer);
      clearTimeout(this.killer);
    }
  }

  cancel(): Promise<void> {
    this.send({ kind: 'interrupt' });
    this.killer ??= setTimeout(() => this.worker.kill('SIGKILL'), this.parts.graceMs);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (this.worker.connected) this.worker.disconnect();
    await this.gone;
    clearTimeout(this.killer);
    await rm(this.spillDir, { recursive: true, force: true });
  }

  private timeOut(): void {
    this.timedOut = true;
    void this.cancel();
  }

  private ask(message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      if (!this.worker.connected) reject(new SqlFailure('PLATFORM_ERROR', 'The DuckDB process is gone.'));
      this.waiting = {
        reject,
        resolve: (answer) => (answer.kind === 'failed' ? reject(duckDbFailure(answer.message)) : resolve(answer)),
      };
      this.send(message);
    });
  }

  /** A worker that is gone says so by its end. */
  private send(message: ToWorker): void {
    if (this.worker.connected) this.worker.send(message, () => undefined);
  }

  private take(): typeof this.waiting {
    const { waiting } = this;
    this.waiting = undefined;
    return waiting;
  }

  private lost(how: string, done: () => void): void {
    this.take()?.reject(new SqlFailure('PLATFORM_ERROR', `The DuckDB process ended in the middle of its work: ${how}`));
    done();
  }
}
