import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, outputOf } from './error-text.js';
import { withFileLock } from './file-lock.js';
import { installFromDebian } from './nats-debian.js';
import { installWithGo } from './nats-go.js';

/** NatsSearch says where to look for nats-server and where to put one that must be fetched. */
export interface NatsSearch {
  /** Folder of fetched programs; kept, so that the second start finds it there. */
  readonly toolsDir: string;
  /** Where a nats-server may be installed already: paths, or names that PATH resolves. */
  readonly installed?: readonly string[];
  /** Told what is being done when it takes a while. */
  readonly report?: (message: string) => void;
}

/** Installation is a program that was fetched, or why it could not be. */
export type Installation = { readonly binary: string } | { readonly reason: string };

/** The oldest version whose JetStream has all that is used here. */
const OLDEST = [2, 9] as const;

/** Debian's package puts it into /usr/sbin, which is not on the PATH of ordinary users. */
const INSTALLED = [
  'nats-server',
  '/usr/sbin/nats-server',
  '/usr/local/bin/nats-server',
  '/opt/homebrew/bin/nats-server',
];

const MISSING = 'missing';

const ADVICE = [
  'Install it in one of these ways, then start again:',
  '  macOS            brew install nats-server',
  '  Debian, Ubuntu   sudo apt-get install nats-server',
  '  any system       download it from https://github.com/nats-io/nats-server/releases and put it on PATH',
  '  Docker           docker run -p 4222:4222 nats -js, then give --nats-url nats://127.0.0.1:4222',
].join('\n');

/**
 * resolveNatsServer finds a nats-server: on PATH, fetched before, from the distribution's package (needs no root), by
 * `go install`. It cannot come from npm. Throws with what was tried and how to install it.
 */
export async function resolveNatsServer(search: NatsSearch): Promise<string> {
  const reasons: string[] = [];
  for (const candidate of search.installed ?? INSTALLED) {
    const reason = await unusable(candidate);
    if (reason === undefined) return candidate;
    if (reason !== MISSING) reasons.push(`${candidate}: ${reason}`);
  }
  mkdirSync(search.toolsDir, { recursive: true });
  return withFileLock(join(search.toolsDir, 'nats-server.lock'), () => fetchOnce(search, reasons));
}

async function fetchOnce(search: NatsSearch, reasons: string[]): Promise<string> {
  const fetched = join(search.toolsDir, 'nats-server');
  if ((await unusable(fetched)) === undefined) return fetched;
  for (const install of [installFromDebian, installWithGo]) {
    const result = await install(fetched, search.report ?? (() => undefined));
    const reason = 'reason' in result ? result.reason : await unusable(result.binary);
    if (reason === undefined) return fetched;
    reasons.push(reason);
  }
  throw new Error(['There is no nats-server on this machine. Tried:', ...reasons.map(indent), ADVICE].join('\n'));
}

function indent(text: string): string {
  return `  - ${text}`;
}

async function unusable(binary: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(binary, ['--version'], { timeout: 10_000 });
    const [, major = '0', minor = '0'] = /v(\d+)\.(\d+)/.exec(stdout + stderr) ?? [];
    const enough = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
    return enough ? undefined : `version ${major}.${minor} is too old (${OLDEST.join('.')} or newer is needed)`;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return MISSING;
    return `does not run: ${outputOf(error)}`;
  }
}
