import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isYounger, killMarked, lastProcessId } from './marked-processes.js';

it.each([
  [5, 4, 6, true],
  [4, 4, 6, false],
  [6, 4, 6, true],
  [7, 4, 6, false],
  [30_000, 29_000, 200, true],
  [100, 29_000, 200, true],
  [300, 29_000, 200, false],
  [29_000, 29_000, 200, false],
])('process %d is younger than %d when %d is the last: %s', (id, first, last, younger) => {
  expect(isYounger(id, first, last)).toBe(younger);
});

it('kills what carries the mark and may be meant, and nothing else', async () => {
  const mark = `MARK=${process.pid}-${performance.now()}`;
  const start = (variables: Record<string, string>) => spawn('sleep', ['300'], { env: variables, stdio: 'ignore' });
  const path = process.env['PATH'] ?? '';
  const [marked, other] = [
    start({ PATH: path, MARK: mark.slice(5) }),
    start({ PATH: path, MARK: `${mark.slice(5)}0` }),
  ];
  await killMarked(mark, (id) => id !== marked.pid);
  expect(marked.exitCode ?? marked.signalCode).toBeNull();
  const ended = once(marked, 'exit');
  await killMarked(mark);
  await expect(ended).resolves.toEqual([null, 'SIGKILL']);
  expect(other.exitCode ?? other.signalCode).toBeNull();
  other.kill('SIGKILL');
  await once(other, 'exit');
});

it('knows the last process id', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  expect(await lastProcessId()).toBeGreaterThan(0);
});
