import type { BoundStatement } from './script/bind-statement.js';
import type { Dialect } from './script/dialect.js';

/** ColumnKind is the type that a column's value has as a param; everything but numbers and truth values is text. */
export type ColumnKind = 'LONG' | 'DOUBLE' | 'BOOLEAN' | 'STRING';

/** Column of a result. */
export interface Column {
  readonly name: string;
  /** As the engine calls it: `numeric`, `TIMESTAMP WITH TIME ZONE`, .. */
  readonly type: string;
  readonly kind: ColumnKind;
}

/** Row is one row as text, exactly as the engine writes it; null is NULL. */
export type Row = readonly (string | null)[];

/** KeptRows are the rows that are kept of a result. */
export interface KeptRows {
  readonly rows: readonly Row[];
  /** The first row whole: it may become outputs. */
  readonly first: Row | undefined;
  /** Rows or cells were left out. */
  readonly truncated: boolean;
}

/** StatementResult is what one statement did. */
export interface StatementResult {
  /** The command tag: `INSERT`, `SELECT`, .. */
  readonly command: string;
  /** Rows returned or changed; undefined where the engine says nothing. */
  readonly rowCount: bigint | undefined;
  /** Undefined for a statement that returns no rows. */
  readonly columns: readonly Column[] | undefined;
  readonly kept: KeptRows;
}

/** SessionRequest is what an attempt asks of an engine. */
export interface SessionRequest {
  /** The idempotency key, shown to the server. */
  readonly attemptId: string;
  /** Most rows kept of one result. */
  readonly maxRows: number;
  /** Longest time of one statement in milliseconds; undefined: no limit but the step's own. */
  readonly statementTimeoutMs: number | undefined;
  readonly signal: AbortSignal;
  /** Told what the server says beside its results. */
  notice(text: string): void;
}

/** SqlSession is a connection of one attempt, used for one statement at a time. */
export interface SqlSession {
  /** Rejects with an SqlFailure. */
  run(statement: BoundStatement): Promise<StatementResult>;
  /** Ends the running statement at the server; `run` rejects soon after. Never rejects. */
  cancel(): Promise<void>;
  /** Frees everything; what is not committed is undone. Never rejects. */
  close(): Promise<void>;
}

/** SqlEngine opens sessions on one connection of the executor. */
export interface SqlEngine {
  readonly dialect: Dialect;
  /** Several statements can be one transaction. */
  readonly transactions: boolean;
  /** Rejects with an SqlFailure. */
  open(request: SessionRequest): Promise<SqlSession>;
}
