import type { Pool, PoolClient } from 'pg';

type Changed = () => void;

/** ChannelListener hears one channel by LISTEN, on a connection of its own that is open only while somebody waits. */
export class ChannelListener {
  private readonly watchers = new Map<string, Set<Changed>>();
  private connecting: Promise<PoolClient> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
  ) {}

  /** watch calls back when the key is notified, or may have been. Returns its end. */
  async watch(key: string, changed: Changed): Promise<() => void> {
    const own: Changed = () => changed();
    const all = this.watchers.get(key) ?? new Set();
    this.watchers.set(key, all.add(own));
    try {
      this.connecting ??= this.connect();
      await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      this.unwatch(key, own);
      throw error;
    }
    return () => this.unwatch(key, own);
  }

  close(): void {
    const connecting = this.connecting;
    this.connecting = undefined;
    // A connection that listens must never serve others.
    connecting?.then(
      (client) => client.release(true),
      () => undefined,
    );
  }

  private unwatch(key: string, changed: Changed): void {
    const all = this.watchers.get(key);
    all?.delete(changed);
    if (all?.size === 0) this.watchers.delete(key);
    if (this.watchers.size === 0) this.close();
  }

  private async connect(): Promise<PoolClient> {
    const client = await this.pool.connect();
    client.on('notification', ({ payload = '' }) => this.wake(payload));
    client.once('error', () => this.lost(client));
    await client.query(`listen ${this.channel}`);
    return client;
  }

  private wake(key: string): void {
    for (const changed of this.watchers.get(key) ?? []) changed();
  }

  /** What was said meanwhile is not known: everybody looks again, and the next one to wait connects anew. */
  private lost(client: PoolClient): void {
    this.connecting = undefined;
    client.release(true);
    for (const key of this.watchers.keys()) this.wake(key);
  }
}
