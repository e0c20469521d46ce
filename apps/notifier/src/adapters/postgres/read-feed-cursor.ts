import { query, queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { FeedCursor } from '../../ports/feed-cursor.js';
import { movePosition, selectPosition } from './feed-cursor.js';

export function postgresFeedCursor(pool: Pool): FeedCursor {
  return {
    position: async () => (await queryOne(pool, selectPosition()))[0]?.position ?? 0n,
    move: async (position) => void (await query(pool, [movePosition(position)])),
  };
}
