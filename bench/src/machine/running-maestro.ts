import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastLines, pollUntil, resolveNatsServer } from '@maestro/launcher';

/** RunFile is what a running Maestro writes to `run.json` in its data folder (apps/dev). */
interface RunFile {
  readonly pid: number;
  readonly status: string;
  readonly postgresUrl: string;
  readonly natsUrl: string;
  readonly services: Readonly<
    Record<string, { readonly pid: number; readonly grpc?: string; readonly metrics: string }>
  >;
}

/** RunningMaestro is every service as a process of its own, with its own Postgres and NATS, on free ports. */
export interface RunningMaestro {
  readonly run: RunFile;
  /** Process ids of the services by name, as they are now: one that died is started again. */
  services(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** MaestroOptions say how to start one. */
export interface MaestroOptions {
  readonly root: string;
  /** What this process was started with. */
  readonly env: NodeJS.ProcessEnv;
  /** Settings of the services that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
}

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;

/** startMaestro starts Maestro as `npm start` does, with durable settings and an empty data folder that it removes again. */
export async function startMaestro({ root, env, settings }: MaestroOptions): Promise<RunningMaestro> {
  const dataDir = mkdtempSync(join(tmpdir(), 'maestro-bench-'));
  // As root, Postgres runs as another user, who must be able to enter.
  chmodSync(dataDir, 0o755);
  const child = spawn(
    process.execPath,
    [join(root, 'apps/dev/bin/start.cjs'), '--data-dir', dataDir, '--any-ports', '--log-level', 'warn'],
    { cwd: root, env: await environment(root, env, settings), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = outputOf(child);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAndRemove(child, dataDir));
  try {
    const run = await waitForRunFile(dataDir, child, said);
    return { run, services: () => pidsOf(readRunFile(dataDir) ?? run), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One nats-server for all benchmarks: a fetched one stays in the default data folder, where `npm start` finds it too. */
async function environment(
  root: string,
  env: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>>,
): Promise<NodeJS.ProcessEnv> {
  const binary = await resolveNatsServer({ toolsDir: join(root, '.maestro', 'tools') });
  const path = binary.includes('/') ? `${dirname(binary)}:${env['PATH'] ?? ''}` : env['PATH'];
  // Started by "npm", it also ends when we die without saying so.
  // Traces of a development machine would go into the gateway: they are not what is measured.
  return { ...env, PATH: path, npm_lifecycle_event: 'bench', MAESTRO_OTLP_URL: '', ...settings };
}

function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  return () => output;
}

function readRunFile(dataDir: string): RunFile | undefined {
  const file = join(dataDir, 'run.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunFile) : undefined;
}

function waitForRunFile(dataDir: string, child: ChildProcess, said: () => string): Promise<RunFile> {
  const failure = (): string =>
    `Maestro did not start:\n${said()}\n${lastLines(join(dataDir, 'logs/scheduler.log'), 12)}`;
  return pollUntil(
    () => {
      if (child.exitCode !== null) throw new Error(failure());
      const run = readRunFile(dataDir);
      return run?.status === 'ready' ? run : undefined;
    },
    READY_TIMEOUT_MS,
    failure,
  );
}

function pidsOf(run: RunFile): Record<string, number> {
  return Object.fromEntries(Object.entries(run.services).map(([name, { pid }]) => [name, pid]));
}

async function stopAndRemove(child: ChildProcess, dataDir: string): Promise<void> {
  await stopChild(child);
  rmSync(dataDir, { recursive: true, force: true });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
