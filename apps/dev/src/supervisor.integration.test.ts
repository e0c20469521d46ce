import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitUntil } from '@maestro/testing';
import { crashReport, supervise, type Program } from './supervisor.js';

const folder = temporaryFolder('supervisor');
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): Program {
  return { name, command: '/bin/sh', args: ['-c', script], env: {}, logFile: join(folder, `${name}.log`) };
}

test('a program that is killed runs again under a new id', async () => {
  const restarts: string[] = [];
  const service = supervise(program('steady', 'while :; do sleep 1; done'), {
    onStarted: () => undefined,
    onRestart: ({ why }) => restarts.push(why),
  });
  const first = service.pid;
  process.kill(first, 'SIGKILL');
  await waitUntil(() => service.pid !== 0 && service.pid !== first, { describe: 'a second process' });
  expect(restarts).toEqual(['was ended by SIGKILL']);
  await service.stop();
});

test('one that keeps ending is started with growing pauses and its last words are shown', async () => {
  const pauses: number[] = [];
  const broken = program('broken', 'echo no database; exit 3');
  const service = supervise(broken, { onStarted: () => undefined, onRestart: ({ delayMs }) => pauses.push(delayMs) });
  await waitUntil(() => pauses.length === 3, { describe: 'three restarts' });
  await service.stop();
  expect(pauses).toEqual([200, 400, 800]);
  expect(service.crashes).toBe(3);
  expect(crashReport(broken)).toContain('no database');
});

test('a stopped program is not started again', async () => {
  const log = program('stopped', 'echo started; while :; do sleep 1; done');
  const service = supervise(log, { onStarted: () => undefined, onRestart: () => undefined });
  await waitUntil(() => readFileSync(log.logFile, 'utf8') !== '');
  await service.stop();
  expect(service.pid).toBe(0);
  expect(readFileSync(log.logFile, 'utf8')).toBe('started\n');
});
