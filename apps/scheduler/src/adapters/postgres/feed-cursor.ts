import { queryOne, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { FeedCursor } from '../../ports/feed-cursor.js';

const FEED = 'definition';

const readCursor: Statement<{ position: bigint }> = {
  name: 'feed-cursor-read',
  text: 'select position from feed_cursor where feed = $1',
  values: [FEED],
};

function moveCursor(position: bigint): Statement {
  return {
    name: 'feed-cursor-move',
    text: `insert into feed_cursor as c (feed, position) values ($1, $2)
           on conflict (feed) do update set position = greatest(c.position, excluded.position)`,
    values: [FEED, position],
  };
}

function isKnown(workflowKey: bigint): Statement<{ known: number }> {
  return {
    name: 'workflow-queue-is-known',
    text: 'select 1 as known from workflow_queue where workflow_key = $1',
    values: [workflowKey],
  };
}

export function postgresFeedCursor(pool: Pool): FeedCursor {
  return {
    position: async () => (await queryOne(pool, readCursor))[0]?.position ?? 0n,
    move: async (position) => void (await queryOne(pool, moveCursor(position))),
    isKnown: async (workflowKey) => (await queryOne(pool, isKnown(workflowKey))).length > 0,
  };
}
