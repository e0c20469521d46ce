import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolveNatsServer, startNatsServer, type NatsServer } from '@maestro/launcher';
import { repositoryRoot } from './repository.js';
import { temporaryFolder } from './temporary-folder.js';

/** TestNats is a real nats-server of one test's own, with JetStream on. */
export interface TestNats {
  /** Stays the same over restarts. */
  readonly url: string;
  readonly pid: number;
  /** Stops it and starts it again on the same port; `wipe` deletes all JetStream data in between. */
  restart(options?: { readonly wipe?: boolean }): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** startNats starts a server on a free port; it is fetched into `.maestro/tools` when the machine has none. */
export async function startNats(): Promise<TestNats> {
  const binary = await resolveNatsServer({ toolsDir: join(repositoryRoot(), '.maestro', 'tools') });
  const folder = temporaryFolder('nats');
  const start = (port: number): Promise<NatsServer> => startNatsServer({ binary, dataDir: folder, port });
  let server = await start(0);
  return {
    url: server.url,
    get pid() {
      return server.pid;
    },
    restart: async ({ wipe = false } = {}) => {
      await server.stop();
      if (wipe) rmSync(join(folder, 'jetstream'), { recursive: true, force: true });
      server = await start(server.port);
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
