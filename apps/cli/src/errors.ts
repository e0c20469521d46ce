/** UsageError is a command that was not understood; the program ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** CliError is a failure that has been understood; its message is all that a person needs. The program ends with 1. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
