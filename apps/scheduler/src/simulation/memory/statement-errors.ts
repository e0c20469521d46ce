import { SQLSTATE, StatementError } from '@maestro/postgres';

/** refused is what a statement fails with that Postgres refuses. */
export function refused(statement: string, code: string): StatementError {
  return new StatementError(statement, code, new Error(`refused with ${code}`));
}

/** duplicateKey: a row with this key exists. */
export const duplicateKey = (table: string): StatementError => refused(`${table}-insert`, SQLSTATE.uniqueViolation);

/** connectionLost: whether what was sent took effect is not known. */
export function connectionLost(): StatementError {
  return new StatementError(undefined, 'ECONNRESET', new Error('the connection was lost'));
}
