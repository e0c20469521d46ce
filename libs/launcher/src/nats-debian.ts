import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { outputOf } from './error-text.js';
import type { Installation } from './nats-binary.js';

const run = promisify(execFile);

/** A mirror that does not answer must not hold the start up for ever. */
const TIMEOUT_MS = 120_000;

/**
 * installFromDebian fetches the distribution's nats-server package and unpacks it beside `target`, without root: apt gets
 * lists and cache of its own, and `dpkg -x` only unpacks. Nothing outside the folder changes.
 */
export async function installFromDebian(target: string, report: (message: string) => void): Promise<Installation> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) {
    return { reason: 'package of the distribution: this system has no apt-get' };
  }
  const work = mkdtempSync(join(dirname(target), 'apt-'));
  try {
    report('fetching nats-server from the distribution (apt-get, into the data folder)');
    await download(work);
    const [archive] = readdirSync(work).filter((name) => name.endsWith('.deb'));
    if (archive === undefined) return { reason: 'package of the distribution: apt-get fetched nothing' };
    await run('/usr/bin/dpkg', ['-x', join(work, archive), join(work, 'unpacked')], { timeout: TIMEOUT_MS });
    renameSync(join(work, 'unpacked', 'usr', 'sbin', 'nats-server'), target);
    return { binary: target };
  } catch (error) {
    return { reason: `package of the distribution: ${outputOf(error).split('\n').at(-1) ?? ''}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function download(work: string): Promise<void> {
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, folder), { recursive: true });
  const own = ['-o', `Dir::State::Lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`];
  const options = { cwd: work, timeout: TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
  await run('/usr/bin/apt-get', [...own, '-qq', 'update'], options);
  await run('/usr/bin/apt-get', [...own, '-qq', 'download', 'nats-server'], options);
}
