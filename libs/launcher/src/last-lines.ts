import { existsSync, readFileSync } from 'node:fs';

/** lastLines is the end of a text file, or a word that there is none. */
export function lastLines(file: string, count: number): string {
  if (!existsSync(file)) return '(no log)';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
