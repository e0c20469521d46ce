import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { resolveNatsServer, startNatsServer, startPostgresServer, type ExitReason } from '@maestro/launcher';
import { howItEnded } from './supervisor.js';

/** Backend is a server behind the services: Postgres or NATS. */
export interface Backend {
  readonly url: string;
  stop(): Promise<void>;
}

interface Server {
  readonly url: string;
  readonly port: number;
  readonly exited: Promise<ExitReason>;
  stop(): Promise<void>;
}

type Report = (message: string) => void;

const RETRY_MS = 1_000;

/** startPostgres runs our own Postgres, durable, and keeps it running on its port. */
export function startPostgres(dataDir: string, report: Report): Promise<Backend> {
  const start = (port: number): Promise<Server> =>
    startPostgresServer({ dataDir: join(dataDir, 'postgres'), durable: true, port });
  return keepRunning('Postgres', start, report);
}

/** startNats runs a nats-server, fetched when the machine has none, and keeps it running on its port. */
export async function startNats(dataDir: string, progress: Report, report: Report): Promise<Backend> {
  const binary = await resolveNatsServer({ toolsDir: join(dataDir, 'tools'), report: progress });
  const start = (port: number): Promise<Server> => startNatsServer({ binary, dataDir: join(dataDir, 'nats'), port });
  return keepRunning('NATS', start, report);
}

async function keepRunning(name: string, start: (port: number) => Promise<Server>, report: Report): Promise<Backend> {
  let server = await start(0);
  let stopping = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      const reason = await server.exited;
      if (stopping) return;
      report(`${name} ${howItEnded(reason)}; starting it again`);
      server = await restart(name, () => start(server.port), report);
    }
  };
  void watch();
  return {
    url: server.url,
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}

async function restart(name: string, start: () => Promise<Server>, report: Report): Promise<Server> {
  for (;;) {
    try {
      return await start();
    } catch (error) {
      report(`${name} did not start again (${String(error)}); trying in ${RETRY_MS / 1_000} s`);
      await delay(RETRY_MS);
    }
  }
}
