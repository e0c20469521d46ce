import type { ClientBase, Connection, Submittable } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { rowReader, type RowReader } from './row-reader.js';
import { StatementError, type Row, type Statement, type StatementResult, type StatementResults } from './statement.js';
import type { CommandComplete, DataRow, RowDescription, WireConnection } from './wire-connection.js';

type Settle = (error: Error | undefined, results: readonly StatementResult[]) => void;

interface MutableResult {
  rows: Row[];
  rowCount: number;
}

/**
 * pipeline runs named statements in ONE round trip: every parse, bind and execute is sent at once with one Sync behind
 * them. Postgres runs what lies before a Sync as one implicit transaction, so all take effect or none (on a client that
 * is inside a transaction already, they join it).
 *
 * Rejects with a StatementError that names the failing statement; a connection error leaves the outcome unknown.
 * Measured against a CTE or one statement a round trip: see README.md.
 */
export async function pipeline<const S extends readonly Statement<unknown>[]>(
  client: ClientBase,
  statements: S,
): Promise<StatementResults<S>> {
  const bound = statements.map((statement) => (statement.values ?? []).map(prepareValue));
  if (bound.length === 0) return [] as unknown as StatementResults<S>;
  return new Promise((resolve, reject) => {
    client.query(
      new Pipeline(statements, bound, (error, results) => {
        if (error === undefined) resolve(results as StatementResults<S>);
        else reject(error);
      }),
    );
  });
}

/**
 * Pipeline is the pg Submittable behind `pipeline`. pg routes the answers of the server to the active Submittable: they
 * come in the order of the statements, each closed by CommandComplete, so one cursor tells which statement is answered.
 */
class Pipeline implements Submittable {
  private readonly results: MutableResult[];
  private cursor = 0;
  private reader: RowReader | undefined;
  private settled = false;

  constructor(
    private readonly statements: readonly Statement<unknown>[],
    private readonly bound: readonly (readonly (string | Buffer | null)[])[],
    private readonly settle: Settle,
  ) {
    this.results = statements.map(() => ({ rows: [], rowCount: 0 }));
  }

  /** pg reads name and text at ParseComplete, to note that this connection has the statement prepared. */
  get name(): string | undefined {
    return this.statements[this.cursor]?.name;
  }

  get text(): string | undefined {
    return this.statements[this.cursor]?.text;
  }

  submit(pgConnection: Connection): Error | undefined {
    const connection = pgConnection as unknown as WireConnection;
    const renamed = this.statements.find((statement) => isOtherText(connection, statement));
    if (renamed !== undefined) return new Error(`statement name "${renamed.name}" already stands for another text`);
    connection.stream.cork();
    try {
      this.send(connection);
    } finally {
      connection.stream.uncork();
    }
    return undefined;
  }

  handleRowDescription(message: RowDescription): void {
    this.reader = rowReader(message);
  }

  handleDataRow(message: DataRow): void {
    const row = this.reader?.(message);
    if (row !== undefined) this.results[this.cursor]?.rows.push(row);
  }

  handleCommandComplete(message: CommandComplete): void {
    const result = this.results[this.cursor];
    if (result !== undefined) result.rowCount = affectedRows(message.text);
    this.next();
  }

  handleEmptyQuery(): void {
    this.next();
  }

  handleError(error: Error): void {
    this.finish(new StatementError(this.name, codeOf(error), error));
  }

  handleReadyForQuery(): void {
    this.finish(undefined);
  }

  private send(connection: WireConnection): void {
    const parsing = new Set<string>();
    this.statements.forEach(({ name, text }, index) => {
      if (connection.parsedStatements[name] === undefined && !parsing.has(name)) {
        parsing.add(name);
        connection.parse({ name, text });
      }
      connection.bind({ statement: name, values: this.bound[index] ?? [] });
      connection.describe({ type: 'P', name: '' });
      connection.execute({});
    });
    connection.sync();
  }

  private next(): void {
    this.cursor += 1;
    this.reader = undefined;
  }

  private finish(error: Error | undefined): void {
    if (this.settled) return;
    this.settled = true;
    this.settle(error, this.results);
  }
}

function isOtherText(connection: WireConnection, statement: Statement<unknown>): boolean {
  const known = connection.parsedStatements[statement.name];
  return known !== undefined && known !== statement.text;
}

/** The last word of the tag: `INSERT 0 3` and `UPDATE 3` are 3, `BEGIN` is 0. */
function affectedRows(tag: string): number {
  const count = Number(tag.slice(tag.lastIndexOf(' ') + 1));
  return Number.isNaN(count) ? 0 : count;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
