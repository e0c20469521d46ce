import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@maestro/postgres';
import { runService } from '@maestro/service';
import { compose } from './compose.js';
import { notifierConfig } from './config.js';

// Where it shares a machine with the engine, the engine goes first: telling the world can wait.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

void runService(
  {
    config: notifierConfig,
    compose,
    migrate: ({ postgresUrl: url }, log) =>
      migrate({ url, schema: 'notifier', dir: join(__dirname, '../migrations'), log }),
  },
  process,
);
