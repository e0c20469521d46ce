import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, repositoryRoot, waitUntil } from '@maestro/testing';
import type { System } from './system.js';

/** ExtraScheduler is a second replica beside the one that `npm start` runs. */
export interface ExtraScheduler {
  /** kill -9; nobody starts it again. */
  kill(): Promise<void>;
}

/** startExtraScheduler starts a replica on ports of its own and waits until it is ready. */
export async function startExtraScheduler(system: System): Promise<ExtraScheduler> {
  const metricsPort = await freePort();
  const child = spawn(process.execPath, [join(repositoryRoot(), 'apps', 'scheduler', 'dist', 'main.js')], {
    env: {
      ...process.env,
      MAESTRO_POSTGRES_URL: system.postgres.url,
      MAESTRO_NATS_URL: system.nats.url,
      MAESTRO_DEFINITION_ADDRESS: system.running().services['definition']?.grpc,
      MAESTRO_GRPC_PORT: String(await freePort()),
      MAESTRO_METRICS_PORT: String(metricsPort),
      MAESTRO_LOG_LEVEL: 'warn',
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const isReady = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${metricsPort}/ready`)).ok;
  await waitUntil(isReady, { timeoutMs: 30_000, describe: 'the second scheduler is ready' });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
