import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, waitUntil, type TestDatabase, type TestNats } from '@maestro/testing';
import { encodeExactJson } from '@maestro/wire';
import { MIGRATIONS } from './testing/executor-bench.js';
import { startExecutorProcess } from './testing/executor-process.js';
import { FakeScheduler } from './testing/fake-scheduler.js';

let folder: string;
let nats: TestNats;
let database: TestDatabase;
let messaging: Messaging;
let executor: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-kill-nine-'));
  [nats, database] = await Promise.all([startNats(), testDatabase({ migrations: [MIGRATIONS] })]);
  messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
});

afterAll(async () => {
  executor?.kill('SIGKILL');
  await messaging.close();
  await Promise.all([database.stop(), nats.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function startExecutor(): ChildProcess {
  return startExecutorProcess('kill-nine', {
    MAESTRO_POSTGRES_URL: database.url,
    MAESTRO_NATS_URL: nats.url,
    MAESTRO_EXECUTOR_SCRATCH_DIR: folder,
  });
}

/** Zombies count as ended: only their parent has not looked yet. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/^\d+ \(.*\) Z/.test(readFileSync(stat, 'utf8'));
}

it('kill -9 of an executor ends the whole process group of its steps, and what left it', async () => {
  const scheduler = new FakeScheduler(messaging);
  executor = startExecutor();
  const pids = join(folder, 'pids');
  const script = `setsid sleep 300 & away=$!; sleep 300 & echo "$$ $! $away" > ${pids}; trap "" TERM; wait`;
  const task = scheduler.task({ stepType: 'Shell', paramsJson: encodeExactJson({ script }) });
  await scheduler.dispatch([task]);
  const written = await waitUntil(() => readFileSync(pids, 'utf8').trim(), { timeoutMs: 20_000 });
  const group = written.split(' ').map(Number);
  expect(group.map(runs)).toEqual([true, true, true]);
  executor.kill('SIGKILL');
  await waitUntil(() => !group.some(runs), { describe: 'the end of the group' });
});
