import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose, type ExecutorProcess } from './compose.js';
import { executorSpec } from './config.js';

void runService(
  {
    config: executorSpec,
    compose: (config) => containing(compose(config, { environment: process.env })),
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'executor', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);

/** An error that belongs to no attempt ends the process, as ever. */
function containing(executor: ExecutorProcess): ExecutorProcess {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => {
      if (!executor.contain(error)) throw error;
    });
  }
  return executor;
}
