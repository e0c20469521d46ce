import { setTimeout as wait } from 'node:timers/promises';
import { readJsonObject } from '../../params.js';
import type { TrinoConnection } from '../connections.js';
import { RowCollector } from '../row-collector.js';
import type { BoundStatement } from '../script/bind-statement.js';
import type { Column, SessionRequest, SqlSession, StatementResult } from '../sql-engine.js';
import { SqlFailure } from '../sql-failure.js';
import { answerOf, type Answer } from './answer.js';
import { literal, text as textLiteral } from './literal.js';
import { SessionHeaders } from './session-headers.js';

const ANSWER_MS = 60_000;
/** The protocol asks to repeat after these: 50 to 100 ms later. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const BUSY_PAUSE_MS = 100;
const MOST_BUSY = 100;

/**
 * TrinoSession speaks the statement protocol of Trino and Presto. It is small, and the published client reads 64-bit numbers as
 * doubles, drops a query that the server is too busy to answer for, and cannot be interrupted.
 */
export class TrinoSession implements SqlSession {
  private readonly headers: SessionHeaders;
  private readonly origin: string;
  private nextUri: string | undefined;
  private cancelled = false;

  constructor(
    private readonly connection: TrinoConnection,
    private readonly request: SessionRequest,
  ) {
    this.headers = new SessionHeaders(connection, request);
    this.origin = new URL(connection.url).origin;
  }

  async run(statement: BoundStatement): Promise<StatementResult> {
    try {
      return await this.follow(await this.post(statement));
    } catch (error) {
      if (error instanceof SqlFailure) throw error;
      const reason = reasonOf(error);
      throw new SqlFailure('PLATFORM_ERROR', `${this.connection.url} did not answer: ${reason}`, { cause: error });
    } finally {
      this.nextUri = undefined;
    }
  }

  async cancel(): Promise<void> {
    this.cancelled = true;
    const uri = this.nextUri;
    if (uri === undefined) return;
    const options = { method: 'DELETE', headers: this.headers.ofUser(), signal: AbortSignal.timeout(ANSWER_MS) };
    await fetch(uri, options).catch(() => undefined);
  }

  /** A session is headers only: nothing to close at the server. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  private async follow(first: Answer): Promise<StatementResult> {
    const rows = new RowCollector(this.request.maxRows);
    let columns: readonly Column[] | undefined;
    let answer = first;
    for (;;) {
      if (answer.failure !== undefined) throw answer.failure;
      columns ??= answer.columns;
      for (const row of answer.rows) rows.add(row);
      this.nextUri = answer.nextUri;
      if (answer.nextUri === undefined) return resultOf(answer, columns, rows);
      if (this.cancelled) {
        await this.cancel();
        throw new SqlFailure('PLATFORM_ERROR', 'the query was cancelled');
      }
      answer = await this.ask(this.checked(answer.nextUri), { headers: this.headers.ofUser() });
    }
  }

  private post({ text, values }: BoundStatement): Promise<Answer> {
    const using = values.length === 0 ? '' : ` USING ${values.map(literal).join(', ')}`;
    const sent = this.headers.ofStatement();
    const url = new URL('/v1/statement', this.connection.url).href;
    if (using === '') return this.ask(url, { method: 'POST', body: text, headers: sent });
    if (this.connection.presto) {
      const headers = { ...sent, ...this.headers.prepared('maestro', text) };
      return this.ask(url, { method: 'POST', body: `EXECUTE maestro${using}`, headers });
    }
    return this.ask(url, { method: 'POST', body: `EXECUTE IMMEDIATE ${textLiteral(text)}${using}`, headers: sent });
  }

  private async ask(url: string, request: RequestInit): Promise<Answer> {
    for (let round = 0; ; round += 1) {
      const response = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
      this.headers.learn(response.headers);
      const body = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return answerOf(readJsonObject(body));
      if (!BUSY.has(response.status) || round >= MOST_BUSY || this.cancelled) {
        const said = new TextDecoder().decode(body).slice(0, 500);
        throw new SqlFailure('PLATFORM_ERROR', `${this.connection.url} answered ${response.status}: ${said}`);
      }
      await wait(BUSY_PAUSE_MS);
    }
  }

  /** Credentials go to the configured server only. */
  private checked(uri: string): string {
    if (new URL(uri).origin === this.origin) return uri;
    throw new SqlFailure(
      'PLATFORM_ERROR',
      `${this.origin} sends its clients on to ${new URL(uri).origin}; that is refused.`,
    );
  }
}

/** What `fetch` says is in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof Error) return cause.message;
  return error instanceof Error ? error.message : String(error);
}

function resultOf(last: Answer, columns: readonly Column[] | undefined, rows: RowCollector): StatementResult {
  const { updateType, updateCount } = last;
  if (updateType !== undefined) {
    return { command: updateType, rowCount: updateCount, columns: undefined, kept: new RowCollector(0).kept() };
  }
  return { command: 'SELECT', rowCount: rows.count, columns, kept: rows.kept() };
}
