import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { schedulerConfig } from './config.js';

void runService(
  {
    config: schedulerConfig,
    compose,
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'scheduler', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
