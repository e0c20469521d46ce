import { Option } from 'commander';
import { UsageError } from '../errors.js';

/** The API gives at most this many elements of a list at once. */
const MAX_LIMIT = 200;

/** collect lets an option be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** limitOption: how many elements of a list to show. */
export function limitOption(): Option {
  return new Option('-n, --limit <count>', `show at most this many (1..${MAX_LIMIT})`).default(50).argParser(limitOf);
}

/** cursorOption: where the next page of a list begins. */
export function cursorOption(): Option {
  return new Option('--cursor <cursor>', 'go on where an earlier page ended (page_info.end_cursor)');
}

/** runOption: which run of an instance. */
export function runOption(): Option {
  return new Option('-r, --run <number>', 'run of the instance').default('latest');
}

/** ListOptions are what limitOption and cursorOption give. */
export interface ListOptions {
  readonly limit: number;
  readonly cursor?: string;
}

function limitOf(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new UsageError(`--limit "${text}": write a number of 1..${MAX_LIMIT}`);
}
