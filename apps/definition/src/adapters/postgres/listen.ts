import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { FEED_CHANNEL } from './feed.js';

const RECONNECT_MS = 500;

export interface ListenOptions {
  /** A pool with room for one connection that stays open. */
  readonly pool: Pool;
  /** Called for each notification, and after each reconnect: what happened in between is not known. */
  readonly onGrowth: () => void;
  readonly onLost: (error: Error) => void;
}

/** listenForGrowth hears the commits of other replicas until the signal aborts; a lost connection is opened again. */
export async function listenForGrowth(options: ListenOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenOnce(options, signal);
    } catch (error) {
      options.onLost(error instanceof Error ? error : new Error(String(error)));
      await pause(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function listenOnce({ pool, onGrowth }: ListenOptions, signal: AbortSignal): Promise<void> {
  const client = await pool.connect();
  try {
    client.on('notification', onGrowth);
    await client.query(`listen ${FEED_CHANNEL}`);
    onGrowth();
    await lostOrAborted(client, signal);
  } finally {
    // Never back into the pool: it listens.
    client.release(true);
  }
}

function lostOrAborted(client: PoolClient, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('error', reject);
    client.once('end', () => reject(new Error('the connection that listens for changes ended')));
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
