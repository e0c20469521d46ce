import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { notifierConfig } from './config.js';

void runService(
  {
    config: notifierConfig,
    compose,
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'notifier', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
