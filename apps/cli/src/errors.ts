/** UsageError is a command that was not understood; the program ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
