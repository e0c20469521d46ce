import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, repositoryRoot, waitUntil } from '@maestro/testing';
import type { System } from './system.js';

/** ExtraExecutor is an executor beside the one that `npm start` runs. */
export interface ExtraExecutor {
  /** kill -9; nobody starts it again. */
  kill(): Promise<void>;
}

/** startExtraExecutor starts one on ports of its own, with settings of its own, and waits until it is ready. */
export async function startExtraExecutor(system: System, settings: Record<string, string>): Promise<ExtraExecutor> {
  const metricsPort = await freePort();
  const child = spawn(process.execPath, [join(repositoryRoot(), 'apps', 'executor', 'dist', 'main.js')], {
    env: {
      ...process.env,
      MAESTRO_POSTGRES_URL: system.postgres.url,
      MAESTRO_NATS_URL: system.nats.url,
      MAESTRO_DEFINITION_ADDRESS: system.running().services['definition']?.grpc,
      MAESTRO_GRPC_PORT: String(await freePort()),
      MAESTRO_METRICS_PORT: String(metricsPort),
      MAESTRO_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const isReady = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${metricsPort}/ready`)).ok;
  await waitUntil(isReady, { timeoutMs: 30_000, describe: 'the other executor is ready' });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
