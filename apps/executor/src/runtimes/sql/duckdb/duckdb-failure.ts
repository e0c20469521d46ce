import { SqlFailure } from '../sql-failure.js';

/** The kinds of errors of DuckDB that tell of the machine, not of the statement. */
const PLATFORM = /^(IO|Connection|Network|Internal|FATAL|Out of Memory|Interrupt|INTERRUPT)\b/;
const NO_FILE = /No files found|No such file|does not exist|Cannot open file/i;

/** duckDbFailure classifies an error by the words that DuckDB begins it with; a file that is not there is the user's matter. */
export function duckDbFailure(message: string): SqlFailure {
  const ofUser = !PLATFORM.test(message) || (message.startsWith('IO') && NO_FILE.test(message));
  return new SqlFailure(ofUser ? 'USER_ERROR' : 'PLATFORM_ERROR', message);
}
