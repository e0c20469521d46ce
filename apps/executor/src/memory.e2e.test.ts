import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, waitUntil, type TestDatabase, type TestNats } from '@maestro/testing';
import { encodeExactJson } from '@maestro/wire';
import { MIGRATIONS } from './testing/executor-bench.js';
import { startExecutorProcess } from './testing/executor-process.js';
import { FakeScheduler } from './testing/fake-scheduler.js';

const SLOTS = 16;
const MEGABYTE = 1024 * 1024;
/** What it may take beyond what it takes when it is idle. Measured: 345 to 365; without the bound of the log buffer 1,865. */
const GROWTH_MB = 600;

let folder: string;
let nats: TestNats;
let database: TestDatabase;
let messaging: Messaging;
let scheduler: FakeScheduler;
let executor: ChildProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-memory-'));
  [nats, database] = await Promise.all([startNats(), testDatabase({ migrations: [MIGRATIONS] })]);
  messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  scheduler = new FakeScheduler(messaging);
  executor = startExecutorProcess('memory', {
    MAESTRO_POSTGRES_URL: database.url,
    MAESTRO_NATS_URL: nats.url,
    MAESTRO_EXECUTOR_SCRATCH_DIR: folder,
    MAESTRO_EXECUTOR_SLOTS: String(SLOTS),
    // So much of every log is kept that the limit of one log does not bound the flood.
    MAESTRO_EXECUTOR_LOG_BYTES: String(1024 * MEGABYTE),
  });
  await waitUntil(() => scheduler.leases.length > 0, { timeoutMs: 30_000, describe: 'a lease' });
});

afterAll(async () => {
  executor.kill('SIGKILL');
  await messaging.close();
  await Promise.all([database.stop(), nats.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function residentMb(): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${executor.pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

/** The most that it takes while the tasks run; all of them succeed. */
async function peakOf(tasks: readonly Task[]): Promise<number> {
  let peak = 0;
  await scheduler.dispatch(tasks);
  const ended = (): boolean => {
    peak = Math.max(peak, residentMb());
    return tasks.every((task) => scheduler.results(task).length > 0);
  };
  await waitUntil(ended, { timeoutMs: 100_000, describe: 'all results' });
  return peak;
}

const shell = (script: string): Task => scheduler.task({ stepType: 'Shell', paramsJson: encodeExactJson({ script }) });

it('steps that flood their logs, beside big results, do not fill the memory', async () => {
  const idle = residentMb();
  const flood = `head -c ${100 * MEGABYTE} /dev/zero | tr '\\0' 'x'`;
  const big = `head -c 700000 /dev/zero | tr '\\0' 'y' > value
    printf '{"params": {"big": "%s"}}' "$(cat value)" > "$MAESTRO_OUTPUT"`;
  const floods = Array.from({ length: SLOTS }, () => shell(flood));
  const results = Array.from({ length: 4 * SLOTS }, () => shell(big));
  const peak = await peakOf([...floods, ...results]);
  console.log(
    `idle ${idle.toFixed(0)} MB, at most ${peak.toFixed(0)} MB with ${SLOTS * 100} MB of logs and 64 results of 0.7 MB`,
  );
  expect(peak - idle).toBeLessThan(GROWTH_MB);
}, 120_000);
