import type { Writable } from 'node:stream';

/** WireConnection is what the pipeline uses of pg's protocol-level connection (pg/lib/connection.js, 8.x). */
export interface WireConnection {
  readonly stream: Writable;
  /** Text of every statement that this connection has prepared, by name; shared with pg's own queries. */
  readonly parsedStatements: Record<string, string | undefined>;
  parse(message: { readonly name: string; readonly text: string; readonly types?: readonly number[] }): void;
  bind(message: { readonly statement: string; readonly values: readonly (string | Buffer | null)[] }): void;
  describe(message: { readonly type: 'P'; readonly name: string }): void;
  execute(message: Readonly<Record<string, never>>): void;
  sync(): void;
}

/** RowDescription is the columns of what follows. */
export interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** DataRow is one row, each column as text. */
export interface DataRow {
  readonly fields: readonly (string | null)[];
}

/** CommandComplete ends a statement: `INSERT 0 3`, `SELECT 1`. */
export interface CommandComplete {
  readonly text: string;
}
