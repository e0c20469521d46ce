import { Client, Query, type ClientConfig, type FieldDef, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import type { BoundStatement } from '../script/bind-statement.js';
import { RowCollector } from '../row-collector.js';
import type { Row, SessionRequest, SqlSession, StatementResult } from '../sql-engine.js';
import { bindValue } from './bind-value.js';
import { columnOf } from './column-kind.js';
import { postgresFailure } from './postgres-failure.js';

const CONNECT_MS = 10_000;
/** A cancel that has not arrived by then is replaced by hanging up. */
const CANCEL_MS = 3_000;
/** How soon a server notices that its client is gone while a statement runs (Postgres 14 and later). */
const CHECK_CLIENT = '2s';
/** What is printed is what is kept: no value is turned into a number or a date on its way. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** PostgresSession is one connection to Postgres, for one attempt. */
export class PostgresSession implements SqlSession {
  private broken: Error | undefined;

  private constructor(
    private readonly client: Client,
    private readonly config: ClientConfig,
    private readonly request: SessionRequest,
  ) {
    client.on('error', (error) => (this.broken = error));
    client.on('notice', ({ severity, message }) => request.notice(`${severity ?? 'NOTICE'}: ${message ?? ''}`));
  }

  /** open connects and tells the server who asks. */
  static async open(url: string, request: SessionRequest): Promise<PostgresSession> {
    const config: ClientConfig = {
      connectionString: url,
      application_name: `maestro ${request.attemptId}`,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    };
    const session = new PostgresSession(new Client({ ...config, types: AS_TEXT }), config, request);
    try {
      await session.client.connect();
      await session.introduce();
      return session;
    } catch (error) {
      await session.close();
      throw postgresFailure(error);
    }
  }

  /** Settings, not options of the connection: those do not pass every connection pooler. */
  private async introduce(): Promise<void> {
    const { attemptId, statementTimeoutMs } = this.request;
    await this.client.query("select set_config('maestro.attempt_id', $1, false)", [attemptId]);
    if (statementTimeoutMs !== undefined) {
      await this.client.query("select set_config('statement_timeout', $1, false)", [String(statementTimeoutMs)]);
    }
    await this.client.query(
      "select set_config(name, $1, false) from pg_settings where name = 'client_connection_check_interval'",
      [CHECK_CLIENT],
    );
  }

  async run(statement: BoundStatement): Promise<StatementResult> {
    try {
      return await this.stream(statement);
    } catch (error) {
      throw postgresFailure(this.broken ?? error);
    }
  }

  /** Rows are counted as they come; only the first ones are kept in memory. */
  private stream({ text, values }: BoundStatement): Promise<StatementResult> {
    const rows = new RowCollector(this.request.maxRows);
    const config: QueryArrayConfig = { text, values: values.map(bindValue), rowMode: 'array', types: AS_TEXT };
    const query = new Query<Row[], unknown[]>(config);
    return new Promise((resolve, reject) => {
      query.on('row', (row: unknown) => rows.add(row as Row));
      query.once('error', reject);
      query.once('end', (result) => resolve(resultOf(result as unknown as QueryArrayResult, rows)));
      this.client.query(query);
    });
  }

  async cancel(): Promise<void> {
    try {
      await this.askToCancel();
    } catch {
      await this.close();
    }
  }

  /** By a connection of its own: the session's is busy. */
  private async askToCancel(): Promise<void> {
    const { processID } = this.client as unknown as { readonly processID: number };
    const other = new Client({ ...this.config, connectionTimeoutMillis: CANCEL_MS, query_timeout: CANCEL_MS });
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('select pg_cancel_backend($1)', [processID]);
    } finally {
      await other.end().catch(() => undefined);
    }
  }

  close(): Promise<void> {
    return this.client.end().catch(() => undefined);
  }
}

function resultOf({ command, rowCount, fields }: QueryArrayResult, rows: RowCollector): StatementResult {
  return {
    command,
    rowCount: rowCount === null ? undefined : BigInt(rowCount),
    columns: fields.length === 0 ? undefined : fields.map((field: FieldDef) => columnOf(field)),
    kept: rows.kept(),
  };
}
