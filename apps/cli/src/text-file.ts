import { readFileSync } from 'node:fs';
import { UsageError } from './errors.js';

/** readTextFile reads a file that a person named. @throws UsageError when it cannot be read */
export function readTextFile(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new UsageError(`cannot read ${name}: ${reason}`);
  }
}
