import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startGuarded } from './guarded-process.js';
import { pollUntil } from './poll-until.js';
import { isAlive } from './process-state.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-guard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sleeper = { command: '/bin/sleep', args: ['600'], stopSignal: 'SIGTERM' as const };

test('a stopped process is gone and tells by which signal', async () => {
  const running = startGuarded({ ...sleeper, logFile: join(folder, 'log') });
  await running.stop();
  expect(await running.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(isAlive(running.pid)).toBe(false);
});

test('a process that ignores its stop signal is killed after its grace', async () => {
  const args = ['-c', 'trap "" TERM; echo deaf; while :; do sleep 1; done'];
  const logFile = join(folder, 'deaf');
  const running = startGuarded({ ...sleeper, command: '/bin/sh', args, logFile });
  await pollUntil(
    () => (readFileSync(logFile, 'utf8') === '' ? undefined : true),
    5_000,
    () => 'it did not start',
  );
  await running.stop(50);
  expect((await running.exited).signal).toBe('SIGKILL');
});

test('a program that does not exist ends at once with the reason', async () => {
  const running = startGuarded({ ...sleeper, command: '/no/such/program', logFile: join(folder, 'log') });
  expect((await running.exited).error?.message).toContain('ENOENT');
});

test('a process dies with its starter, even by kill -9', async () => {
  await promisify(execFile)('npx', ['esbuild', join(__dirname, 'guarded-process.ts'), ...bundleFlags()]);
  const script = `
    const { startGuarded } = require(${JSON.stringify(join(folder, 'launcher.cjs'))});
    const p = startGuarded({ command: '/bin/sleep', args: ['600'], logFile: '/dev/null', stopSignal: 'SIGTERM' });
    require('node:fs').writeSync(1, String(p.pid));
    process.kill(process.pid, 'SIGKILL');`;
  const failed: unknown = await promisify(execFile)(process.execPath, ['-e', script]).catch((error: unknown) => error);
  const pid = Number((failed as { stdout: string }).stdout);
  expect(pid).toBeGreaterThan(0);
  await pollUntil(
    () => (isAlive(pid) ? undefined : true),
    5_000,
    () => `process ${pid} outlived its starter`,
  );
});

function bundleFlags(): string[] {
  return ['--bundle', '--platform=node', `--outfile=${join(folder, 'launcher.cjs')}`];
}
