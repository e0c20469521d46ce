import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { freePort, temporaryFolder } from '@maestro/testing';
import { npmStart, type NpmStart } from './testing/npm-start.js';
import { RestClient } from './testing/rest-client.js';
import type { RunFile } from './testing/run-file.js';
import { Runs, shell } from './testing/runs.js';

jest.setTimeout(180_000);

const dataDir = temporaryFolder('npm-start-e2e');
const otherDataDir = temporaryFolder('port-in-use');
const starts: NpmStart[] = [];

afterAll(() => {
  for (const start of starts) start.kill('SIGKILL');
  for (const folder of [dataDir, otherDataDir]) rmSync(folder, { recursive: true, force: true });
});

function start(...flags: string[]): NpmStart {
  const started = npmStart(dataDir, flags);
  starts.push(started);
  return started;
}

/** Every process that belongs to a running Maestro: by its id, or because it works in the data folder. */
function processesOf(run: RunFile): string[] {
  const ids = new Set([run.pid, ...Object.values(run.services).map(({ pid }) => pid)].map(String));
  const lines = execFileSync('ps', ['-eo', 'pid=,args=']).toString().trim().split('\n');
  return lines.filter((line) => ids.has(line.trim().split(' ')[0] ?? '') || line.includes(dataDir));
}

/** Ctrl-C, and what is left of it. */
async function interrupt(started: NpmStart, run: RunFile): Promise<void> {
  expect(processesOf(run).length).toBeGreaterThanOrEqual(8);
  started.kill('SIGINT');
  expect(await started.exited).toBe(0);
  expect(started.output()).toContain('Stopped.');
  expect(processesOf(run)).toEqual([]);
}

test('what ran is still there after Ctrl-C and a second start, which is quick', async () => {
  const first = start('--any-ports');
  const run = await first.ready();
  const runs = new Runs(new RestClient(run.rest));
  await runs.pushSteps('kept', [shell('write', 'echo kept')]);
  expect((await runs.finish('kept')).status).toBe('SUCCEEDED');
  expect(await runs.log('kept', 'write')).toBe('kept\n');
  await interrupt(first, run);

  const before = performance.now();
  const second = start('--any-ports');
  const again = await second.ready();
  // Ten seconds are promised on an idle machine; this only keeps the first installation from coming back.
  expect(performance.now() - before).toBeLessThan(30_000);
  const later = new Runs(new RestClient(again.rest));
  expect((await later.get('kept')).status).toBe('SUCCEEDED');
  expect(await later.log('kept', 'write')).toBe('kept\n');
  expect((await later.finish('kept')).workflow_instance_id).toBe(2);

  const other = npmStart(otherDataDir, ['--rest-port', new URL(again.rest).port]);
  starts.push(other);
  expect(await other.exited).toBe(1);
  expect(other.output()).toContain(`Port ${new URL(again.rest).port} (port of the REST API) is in use`);
  expect(other.output()).toContain('--any-ports');
  await interrupt(second, again);
});

test('a Postgres that is not there is named with the flag to check', async () => {
  const lost = start('--any-ports', '--postgres-url', `postgres://me:secret@127.0.0.1:${await freePort()}/maestro`);
  expect(await lost.exited).toBe(1);
  expect(lost.output()).toContain('--postgres-url');
  expect(lost.output()).not.toContain('secret');
});
