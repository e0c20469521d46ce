import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgresServer, type PostgresServer } from '@maestro/launcher';
import { temporaryFolder } from './temporary-folder.js';

/** TestPostgres is a Postgres of one test's own, which may be stopped, killed and restarted. */
export interface TestPostgres {
  /** Stays the same over restarts. */
  readonly url: string;
  readonly pid: number;
  /** Stops it in good order and starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/**
 * startPostgres starts an own, durable server (fsync on): for tests of crashes and restarts. Others use testDatabase,
 * which is much cheaper.
 */
export async function startPostgres(options: { readonly durable?: boolean } = {}): Promise<TestPostgres> {
  const folder = temporaryFolder('postgres');
  const start = (port: number): Promise<PostgresServer> =>
    startPostgresServer({ dataDir: join(folder, 'server'), durable: options.durable ?? true, port });
  let server = await start(0);
  return {
    url: server.url,
    get pid() {
      return server.pid;
    },
    restart: async () => {
      await server.stop();
      server = await start(server.port);
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
