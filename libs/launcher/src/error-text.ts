/**
 * errorCode is the `code` of a system error (`EEXIST`). It looks at the property, not the class: jest runs tests in a
 * realm of their own, in which Node's own errors are no `instanceof Error`.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** outputOf is what a failed program said on stderr, else the message of the error. */
export function outputOf(error: unknown): string {
  const failed = error as { readonly stderr?: unknown; readonly message?: unknown };
  const text = typeof failed.stderr === 'string' && failed.stderr.trim() !== '' ? failed.stderr : failed.message;
  return typeof text === 'string' ? text.trim() : String(error);
}
