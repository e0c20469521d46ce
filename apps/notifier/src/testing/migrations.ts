import { join } from 'node:path';

export const MIGRATIONS = { schema: 'notifier', dir: join(__dirname, '../../migrations') };
