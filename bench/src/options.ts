import { parseArgs } from 'node:util';
import { WORKS } from './works/works.js';
import type { Work } from './works/work.js';

/** Options are what was asked for. */
export interface Options {
  readonly help: boolean;
  readonly works: readonly Work[];
  /** File for the figures. */
  readonly json: string | undefined;
  /** Service to take a CPU profile of. */
  readonly profile: string | undefined;
}

/** Services that are Node processes of ours. */
const SERVICES = ['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway'];

/** UsageError says what was wrong with the arguments and what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** readOptions reads the arguments. Throws UsageError. */
export function readOptions(argv: readonly string[]): Options {
  const { help, only, json, profile } = parse(argv);
  if (profile !== undefined && !SERVICES.includes(profile)) {
    throw new UsageError(`--profile ${profile}: there is no such service. Services: ${SERVICES.join(', ')}`);
  }
  return { help: help === true, works: chooseWorks(only), json, profile };
}

function parse(argv: readonly string[]): { help?: boolean; only?: string; json?: string; profile?: string } {
  try {
    const options = {
      help: { type: 'boolean', short: 'h' },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
    } as const;
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function chooseWorks(only: string | undefined): readonly Work[] {
  if (only === undefined) return WORKS.filter(({ onRequest }) => onRequest !== true);
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !WORKS.some((work) => isMeant(work, name)));
  if (unknown.length > 0) {
    throw new UsageError(`--only: unknown ${unknown.join(', ')}. Known: ${WORKS.map(({ name }) => name).join(', ')}`);
  }
  return WORKS.filter((work) => names.some((name) => isMeant(work, name)));
}

/** `C` means C1, C2 and C3. */
function isMeant(work: Work, name: string): boolean {
  return work.name === name || work.name.replace(/\d+$/, '') === name;
}

/** USAGE is the answer to --help. */
export const USAGE = [
  'npm run bench -- [options]',
  '',
  'Starts Maestro with durable settings, measures it and prints the figures beside their targets.',
  '',
  '  --only A1,B1         some works only',
  '  --json FILE          write the figures to a file, too',
  `  --profile SERVICE    take CPU profiles of a service while it is measured (${SERVICES.join(', ')})`,
  '  --help               this text',
  '',
  'Works:',
  ...WORKS.flatMap(({ figures }) => figures.map(({ key, title }) => `  ${key.padEnd(6)} ${title}`)),
  '',
].join('\n');
