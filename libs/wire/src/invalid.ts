import { MaestroError } from '@maestro/domain';

/** fieldPath is the path of a member or item below `path`: `steps[2].params`. */
export function fieldPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** invalid is the error for a message that breaks its contract at `path`. */
export function invalid(path: string, problem: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `${path === '' ? 'the message' : path}: ${problem}`, {
    violations: [{ path, message: problem }],
  });
}

/** required is the message at `path`, which the contract says must be there. Throws INVALID_REQUEST. */
export function required<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw invalid(path, 'is required');
  return value;
}
