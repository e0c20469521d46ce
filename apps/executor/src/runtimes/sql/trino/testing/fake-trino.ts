import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DuckDBInstance,
  StatementType,
  type DuckDBConnection,
  type DuckDBPendingResult,
  type DuckDBValue,
} from '@duckdb/node-api';

/** One request as the server got it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface RunningQuery {
  readonly id: string;
  readonly connection: DuckDBConnection;
  page: Promise<object>;
  done: boolean;
}

/** How long a page may wait for the query: Trino's default is a second. */
const LONG_POLL_MS = 200;

/**
 * FakeTrino speaks the statement protocol as the Trino manual documents it ("Client REST API"): a query is posted, answers are followed
 * by nextUri, DELETE of a nextUri cancels, 503 asks to come again, session changes come as headers. The SQL itself is run by
 * DuckDB, which understands what the tests say; it is no proof of Trino's own SQL.
 */
export class FakeTrino {
  readonly seen: SeenRequest[] = [];
  /** That many of the next requests are answered with 503. */
  busy = 0;
  readonly running = new Map<string, RunningQuery>();
  private queries = 0;
  private readonly server: Server;

  private constructor(private readonly instance: DuckDBInstance) {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  static async start(): Promise<FakeTrino> {
    const fake = new FakeTrino(await DuckDBInstance.create(':memory:', { threads: '1' }));
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
    this.seen.push(seen);
    if (this.busy > 0) {
      this.busy -= 1;
      response.writeHead(503).end();
      return;
    }
    const id = path.split('/').at(-1) ?? '';
    if (method === 'DELETE') response.writeHead(this.cancel(id) ? 204 : 404).end();
    else this.answer(response, method === 'POST' ? await this.submit(seen) : await this.poll(id));
  }

  private answer(response: ServerResponse, page: object): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(page, (_key, value: unknown) => (typeof value === 'bigint' ? `#${value}#` : value)).replaceAll(
        /"#(-?\d+)#"/g,
        '$1',
      ),
    );
  }

  private async submit({ body, headers }: SeenRequest): Promise<object> {
    const id = `q${(this.queries += 1)}`;
    const connection = await this.instance.connect();
    const query: RunningQuery = { id, connection, page: Promise.resolve({}), done: false };
    const limit = /query_max_run_time=(\d+)ms/.exec(String(headers['x-trino-session']))?.[1];
    query.page = within(limit, connection, run(connection, plainStatement(body))).finally(() => (query.done = true));
    this.running.set(id, query);
    return { id, infoUri: `${this.url}/ui/${id}`, nextUri: this.nextUri(id), stats: { state: 'QUEUED' } };
  }

  private async poll(id: string): Promise<object> {
    const query = this.running.get(id);
    if (query === undefined)
      return { id, error: { message: 'gone', errorName: 'GENERIC', errorType: 'INTERNAL_ERROR' } };
    const later = new Promise((resolve) => setTimeout(resolve, LONG_POLL_MS));
    await Promise.race([query.page, later]);
    if (!query.done) return { id, nextUri: this.nextUri(id), stats: { state: 'RUNNING' } };
    this.running.delete(id);
    return { id, stats: { state: 'FINISHED' }, ...(await query.page) };
  }

  private cancel(id: string): boolean {
    const query = this.running.get(id);
    query?.connection.interrupt();
    this.running.delete(id);
    return query !== undefined;
  }

  private nextUri(id: string): string {
    return `${this.url}/v1/statement/executing/${id}`;
  }
}

const TOO_LONG = { errorCode: 2, errorName: 'EXCEEDED_TIME_LIMIT', errorType: 'INSUFFICIENT_RESOURCES' };

async function within(
  limitMs: string | undefined,
  connection: DuckDBConnection,
  page: Promise<object>,
): Promise<object> {
  if (limitMs === undefined) return page;
  const state = { over: false };
  const timer = setTimeout(() => {
    state.over = true;
    connection.interrupt();
  }, Number(limitMs));
  const answer = await page;
  clearTimeout(timer);
  return state.over ? { error: { message: `Query exceeded maximum time limit of ${limitMs}ms`, ...TOO_LONG } } : answer;
}

async function run(connection: DuckDBConnection, sql: string): Promise<object> {
  try {
    const pending: DuckDBPendingResult = await connection.start(sql);
    const result = await pending.getResult();
    const rows = await result.getRows();
    if (result.statementType !== StatementType.SELECT) {
      return { updateType: StatementType[result.statementType], updateCount: BigInt(result.rowsChanged) };
    }
    const columns = result
      .columnNames()
      .map((name, at) => ({ name, type: typeName(result.columnType(at).toString()) }));
    return { columns, data: rows.map((row) => row.map(cell)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { message, errorCode: 1, errorName: 'SYNTAX_ERROR', errorType: 'USER_ERROR' } };
  }
}

/** Trino sends whole numbers, doubles and truth values as such, everything else as text. */
function cell(value: DuckDBValue): unknown {
  return value === null || ['bigint', 'number', 'boolean'].includes(typeof value) ? value : String(value);
}

function typeName(duckType: string): string {
  return duckType.toLowerCase().replace('hugeint', 'bigint');
}

/** EXECUTE IMMEDIATE '..' USING a, b: what a server makes of it, with the literals in the places. */
function plainStatement(body: string): string {
  const [, quoted, using] = /^EXECUTE IMMEDIATE '((?:[^']|'')*)' USING ([^]*)$/.exec(body) ?? [];
  if (quoted === undefined || using === undefined) return body;
  const literals = using.match(/(?:ARRAY\[[^\]]*\]|'(?:[^']|'')*'|[^,'])+/g) ?? [];
  const pieces = quoted.replaceAll("''", "'").split(/('(?:[^']|'')*')/);
  let next = 0;
  const fill = (piece: string): string => piece.replaceAll('?', () => literals[next++] ?? 'missing');
  return pieces.map((piece) => (piece.startsWith("'") ? piece : fill(piece))).join('');
}
