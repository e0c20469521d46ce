import type { RuntimeContext } from '../runtime.js';
import { bindStatement, type BoundStatement } from './script/bind-statement.js';
import { splitScript, type Statement } from './script/split-script.js';
import type { SqlCall } from './sql-call.js';
import type { SqlEngine, SqlSession, StatementResult } from './sql-engine.js';
import { SqlFailure } from './sql-failure.js';

/** StatementEnd is one statement that ran. */
export interface StatementEnd extends StatementResult {
  readonly line: number;
  readonly durationMs: number;
}

/** Script is a script that is ready to run: every value has its place. */
export interface Script {
  readonly statements: readonly (BoundStatement & Pick<Statement, 'line' | 'verb'>)[];
  readonly transaction: boolean;
}

const MOST_STATEMENTS = 1_000;
const TRANSACTION_VERBS: ReadonlySet<string> = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT']);

/** prepareScript splits and binds. Throws an SqlFailure before anything has run. */
export function prepareScript(call: SqlCall, engine: SqlEngine): Script {
  const statements = splitScript(call.sql, engine.dialect);
  if (statements.length === 0) throw new SqlFailure('FATAL_ERROR', 'The param "sql" has no statement.');
  if (statements.length > MOST_STATEMENTS) {
    throw new SqlFailure('FATAL_ERROR', `"sql" has ${statements.length} statements; ${MOST_STATEMENTS} is the limit.`);
  }
  return {
    statements: statements.map((statement) => ({
      ...bindStatement(statement, call.values, engine.dialect),
      line: statement.line,
      verb: statement.verb,
    })),
    transaction: inTransaction(call, engine, statements),
  };
}

/** One statement is a transaction by itself, and some must not be inside of one; a script may also begin and commit by itself. */
function inTransaction(call: SqlCall, engine: SqlEngine, statements: readonly Statement[]): boolean {
  const own = statements.find(({ verb }) => TRANSACTION_VERBS.has(verb));
  if (call.transaction !== true) {
    return call.transaction === undefined && engine.transactions && statements.length > 1 && own === undefined;
  }
  if (!engine.transactions) {
    throw new SqlFailure('FATAL_ERROR', `The connection "${call.connection}" cannot make one transaction of a script.`);
  }
  if (own === undefined) return true;
  throw new SqlFailure(
    'FATAL_ERROR',
    `With "transaction: true" the script must not say ${own.verb} (line ${own.line}) itself.`,
  );
}

/**
 * runScript runs the statements in order and hands each to `ended`. Rejects with what failed first; nothing of a transaction is
 * kept then.
 */
export async function runScript(
  script: Script,
  session: SqlSession,
  context: RuntimeContext,
  ended: (end: StatementEnd) => void,
): Promise<void> {
  if (script.transaction) await session.run({ text: 'BEGIN', values: [] });
  for (const [index, statement] of script.statements.entries()) {
    context.signal.throwIfAborted();
    const name = `statement ${index + 1} of ${script.statements.length}`;
    context.log('system', `${name} (line ${statement.line}, ${statement.verb}) begins\n`);
    const began = performance.now();
    const result = await session.run(statement);
    const durationMs = Math.round(performance.now() - began);
    context.log('system', `${name} ended after ${durationMs} ms: ${tagOf(result)}\n`);
    ended({ ...result, line: statement.line, durationMs });
  }
  context.signal.throwIfAborted();
  if (script.transaction) await session.run({ text: 'COMMIT', values: [] });
}

/** tagOf is what a statement did, in few words: `INSERT 3`. */
export function tagOf({ command, rowCount }: Pick<StatementResult, 'command' | 'rowCount'>): string {
  return rowCount === undefined ? command : `${command} ${rowCount}`;
}
