/**
 * Statement is one named prepared statement and its values. The name must stand for one text for ever. `R` is the type
 * of the rows it returns, so that `pipeline` gives typed rows back.
 */
export interface Statement<R = Row> {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Never set; carries the type of the rows. */
  readonly row?: R;
}

/** Row is one row by column name; int8 is bigint, json is text, SQL NULL is null. */
export type Row = Readonly<Record<string, unknown>>;

/** StatementResult is what one statement of a pipeline returned. */
export interface StatementResult<R = Row> {
  readonly rows: readonly R[];
  /** Rows returned, or touched by an insert, update or delete. */
  readonly rowCount: number;
}

/** StatementResults are the results of statements, in their order, each with its own row type. */
export type StatementResults<S extends readonly Statement<unknown>[]> = {
  readonly [K in keyof S]: StatementResult<S[K] extends Statement<infer R> ? R : Row>;
};

/** StatementError is a Postgres error with the name of the statement that met it. Its `cause` is the error of `pg`. */
export class StatementError extends Error {
  override readonly name = 'StatementError';

  constructor(
    /** Which statement of the pipeline failed; undefined when the connection broke or the commit itself failed. */
    readonly statement: string | undefined,
    /** SQLSTATE (see SQLSTATE), or a socket error's code, or undefined. */
    readonly code: string | undefined,
    override readonly cause: Error,
  ) {
    super(statement === undefined ? cause.message : `${statement}: ${cause.message}`);
  }
}
