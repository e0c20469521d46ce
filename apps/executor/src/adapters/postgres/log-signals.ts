import type { Pool } from 'pg';
import type { LogSignals } from '../../ports/log-store.js';
import { ChannelListener } from './channel-listener.js';
import { LOG_CHANNEL, logKey } from './log-channel.js';

/** postgresLogSignals hears appends by LISTEN. */
export function postgresLogSignals(pool: Pool): LogSignals & { close(): void } {
  const listener = new ChannelListener(pool, LOG_CHANNEL);
  return {
    watch: (of, changed) => listener.watch(logKey(of), changed),
    close: () => listener.close(),
  };
}
