import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { signalConfig } from './config.js';

void runService(
  {
    config: signalConfig,
    compose,
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'signal', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
