import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { definitionConfig } from './config.js';

void runService(
  {
    config: definitionConfig,
    compose,
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'definition', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
