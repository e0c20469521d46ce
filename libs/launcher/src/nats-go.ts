import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { outputOf } from './error-text.js';
import type { Installation } from './nats-binary.js';

const PACKAGE = 'github.com/nats-io/nats-server/v2@latest';
const TIMEOUT_MS = 180_000;

/** What nats-server needs to compile; Debian 12 ships 1.19. */
const OLDEST_GO_MINOR = 22;

/** installWithGo compiles nats-server where a current Go is installed. */
export async function installWithGo(target: string, report: (message: string) => void): Promise<Installation> {
  const run = promisify(execFile);
  const version = await run('go', ['version']).then(
    ({ stdout }) => Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0),
    () => undefined,
  );
  if (version === undefined) return { reason: 'go install: Go is not installed' };
  if (version < OLDEST_GO_MINOR) return { reason: `go install: Go 1.${version} is older than 1.${OLDEST_GO_MINOR}` };
  const work = mkdtempSync(join(dirname(target), 'go-'));
  try {
    report('compiling nats-server (go install)');
    await run('env', [`GOBIN=${work}`, 'go', 'install', PACKAGE], { timeout: TIMEOUT_MS });
    renameSync(join(work, 'nats-server'), target);
    return { binary: target };
  } catch (error) {
    return { reason: `go install: ${outputOf(error).split('\n')[0] ?? ''}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
