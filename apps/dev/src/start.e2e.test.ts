import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { repositoryRoot, temporaryFolder, waitUntil } from '@maestro/testing';
import { isAlive } from '@maestro/launcher';
import { runningIn, type RunFile } from './run-file.js';

const dataDir = temporaryFolder('npm-start');
const script = join(repositoryRoot(), 'apps', 'dev', 'bin', 'start.cjs');
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown[]>;
  output(): string;
}

function start(...flags: string[]): Started {
  const child = spawn(process.execPath, [script, '--data-dir', dataDir, '--any-ports', ...flags]);
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, exited: once(child, 'close'), output: () => output };
}

/** Fails at once, with what it said, when `npm start` ends instead of getting ready. */
async function ready(started: Started): Promise<RunFile> {
  const state = await waitUntil(
    () => {
      const run = runningIn(dataDir);
      if (started.child.exitCode !== null) return 'ended';
      return run?.status === 'ready' && run.pid === started.child.pid ? run : undefined;
    },
    { timeoutMs: 60_000, describe: 'npm start is ready' },
  );
  if (state === 'ended') throw new Error(started.output());
  return state;
}

/** The run file once the service has another process than the one given. */
function restarted(name: string, before: number | undefined): RunFile | undefined {
  const run = runningIn(dataDir);
  const pid = run?.services[name]?.pid ?? 0;
  return pid !== 0 && pid !== before ? run : undefined;
}

async function rows(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function stop(started: Started): Promise<void> {
  started.child.kill('SIGTERM');
  expect(await started.exited).toEqual([0, null]);
  expect(started.output()).toContain('Stopped.');
  expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
}

test('it starts everything, says so to a second start, restarts what dies, stops all and keeps the data', async () => {
  const first = start();
  const run = await ready(first);
  // Its words come through a pipe, behind the run file.
  await waitUntil(() => first.output().includes(`REST             ${run.rest}`), {
    describe: 'npm start told its addresses',
  });
  await rows(run.postgresUrl, 'create table kept as select 42 as answer');

  const second = start();
  expect(await second.exited).toEqual([0, null]);
  expect(second.output()).toContain(`Maestro already runs on ${dataDir} (process ${first.child.pid}`);

  const [name, service] = Object.entries(run.services)[0] ?? ['', undefined];
  process.kill(service?.pid ?? 0, 'SIGKILL');
  const again = await waitUntil(() => restarted(name, service?.pid), { describe: `${name} runs again` });
  const words = `${name} was ended by SIGKILL; starting it again`;
  await waitUntil(() => first.output().includes(words), { describe: 'npm start told of the restart' });

  await stop(first);
  for (const { pid } of Object.values(again.services)) expect(isAlive(pid)).toBe(false);

  const third = start();
  expect(await rows((await ready(third)).postgresUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await stop(third);
});

test('an unknown flag is answered with the one that was meant, and exit code 2', async () => {
  const mistyped = start('--rest-prot', '8080');
  expect(await mistyped.exited).toEqual([2, null]);
  expect(mistyped.output()).toContain('--rest-prot is not known; did you mean --rest-port?');
});

test('help lists the flags with their variables', async () => {
  const help = start('--help');
  expect(await help.exited).toEqual([0, null]);
  expect(help.output()).toContain('--rest-port <value>');
  expect(help.output()).toContain('MAESTRO_DATA_DIR');
});
