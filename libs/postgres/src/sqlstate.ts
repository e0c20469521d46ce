/** SQLSTATE names the Postgres error codes that code decides on (Postgres manual, appendix A). */
export const SQLSTATE = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  divisionByZero: '22012',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  adminShutdown: '57P01',
  crashShutdown: '57P02',
  cannotConnectNow: '57P03',
  tooManyConnections: '53300',
  undefinedTable: '42P01',
  undefinedObject: '42704',
  duplicateObject: '42710',
  duplicateSchema: '42P06',
  duplicateTable: '42P07',
} as const;

/** What Node reports when a socket to Postgres cannot be made or breaks. */
const SOCKET_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

/** `pg` gives these no code, only a text. */
const CONNECTION_TEXT = /connection terminated|timeout exceeded when trying to connect|not queryable/i;

/** sqlState is the five-character code of a Postgres error, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !SOCKET_ERRORS.has(code) ? code : undefined;
}

/** isDataError says whether the statement's own data was at fault (class 22 or 23): trying again cannot help. */
export function isDataError(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

/**
 * isConnectionError says whether Postgres was away, went away or was starting. The outcome of a commit that failed so
 * is unknown.
 */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined)
    return state.startsWith('08') || state.startsWith('57P') || state === SQLSTATE.tooManyConnections;
  const code = errorCode(error);
  if (code !== undefined && SOCKET_ERRORS.has(code)) return true;
  return CONNECTION_TEXT.test(String(error));
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
