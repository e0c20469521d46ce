import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Cli } from './cli.js';
import { UsageError } from './errors.js';

/** Where `npm start` listens when nothing else is said. */
const DEFAULT_URL = 'http://127.0.0.1:8080';
const DEFAULT_DATA_DIR = '.maestro';

/** Address is where the gateway is, and how that is known: errors say so. */
export interface Address {
  /** Without a slash at the end. */
  readonly url: string;
  readonly source: string;
}

/** AddressOptions are the flags that have a say. */
export interface AddressOptions {
  readonly url?: string;
  readonly dataDir?: string;
}

/** findGateway: `--url`, else MAESTRO_URL, else the running `npm start` of the data folder, else the default address. */
export function findGateway(options: AddressOptions, { env, cwd }: Pick<Cli, 'env' | 'cwd'>): Address {
  if (options.url !== undefined) return { url: checkedUrl(options.url, '--url'), source: '--url' };
  const fromEnv = env['MAESTRO_URL'];
  if (fromEnv) return { url: checkedUrl(fromEnv, 'MAESTRO_URL'), source: 'MAESTRO_URL' };
  const file = runFile(options.dataDir ?? (env['MAESTRO_DATA_DIR'] || undefined), cwd);
  const running = file === undefined ? undefined : restAddress(file);
  if (file !== undefined && running !== undefined) return { url: running, source: file };
  return { url: DEFAULT_URL, source: 'the default address' };
}

function checkedUrl(text: string, source: string): string {
  const full = /^https?:\/\//.test(text) ? text : `http://${text}`;
  if (!URL.canParse(full)) throw new UsageError(`${source}: "${text}" is no address such as ${DEFAULT_URL}`);
  return full.replace(/\/+$/, '');
}

/** Without a named folder, that of the closest folder above counts: a command may be called anywhere in a clone. */
function runFile(dataDir: string | undefined, cwd: string): string | undefined {
  if (dataDir !== undefined) return existing(join(resolve(cwd, dataDir), 'run.json'));
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = existing(join(folder, DEFAULT_DATA_DIR, 'run.json'));
    if (file !== undefined || folder === dirname(folder)) return file;
  }
}

function existing(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

/** Another user's file cannot be read, and one that is being written may be cut: both are as good as none. */
function restAddress(file: string): string | undefined {
  try {
    const { rest } = JSON.parse(readFileSync(file, 'utf8')) as { rest?: unknown };
    return typeof rest === 'string' ? rest.replace(/\/+$/, '') : undefined;
  } catch {
    return undefined;
  }
}
