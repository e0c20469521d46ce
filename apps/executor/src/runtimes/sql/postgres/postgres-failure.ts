import { SqlFailure } from '../sql-failure.js';

/** What Postgres says beside the message; texts of its manual, appendix A and chapter 54.8. */
interface PostgresFields {
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
}

/** Classes of SQLSTATE that tell of the server or of others, not of the statement: connection, conflict, resources, operator, system. */
const PLATFORM = /^(08|28|40|53|55|57|58|XX|3D000)/;
const QUERY_CANCELED = '57014';

/** postgresFailure classifies what the server or the connection said; text without an SQLSTATE is of the connection. */
export function postgresFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error;
  const { code, detail, hint, position } = (typeof error === 'object' ? (error ?? {}) : {}) as PostgresFields;
  const text = error instanceof Error && error.message !== '' ? error.message : String(code ?? error);
  const parts = [
    ...(detail === undefined ? [] : [detail]),
    ...(hint === undefined ? [] : [`Hint: ${hint}`]),
    ...(position === undefined ? [] : [`At character ${position} of the statement.`]),
  ];
  const message = [`${text}${isSqlState(code) ? ` (SQLSTATE ${code})` : ''}`, ...parts].join('\n');
  return new SqlFailure(outcomeOf(code, text), message, { cause: error });
}

function outcomeOf(code: string | undefined, text: string): SqlFailure['outcome'] {
  if (code === QUERY_CANCELED && text.includes('statement timeout')) return 'TIMED_OUT';
  return !isSqlState(code) || PLATFORM.test(code) ? 'PLATFORM_ERROR' : 'USER_ERROR';
}

/** Errors of sockets have codes such as ECONNRESET. */
function isSqlState(code: string | undefined): code is string {
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE';
}
