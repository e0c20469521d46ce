import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { executorSpec } from './config.js';

void runService(
  {
    config: executorSpec,
    compose: (config) => compose(config, { environment: process.env }),
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'executor', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
