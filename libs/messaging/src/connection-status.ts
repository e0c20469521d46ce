import { type NatsConnection } from '@nats-io/transport-node';
import { type Logger } from '@maestro/telemetry';

/** ConnectionStatus follows whether a connection is up and tells who wants to know when it is up again. */
export class ConnectionStatus {
  private readonly reconnected = new Set<() => void>();
  private up = true;

  constructor(connection: NatsConnection, logger: Logger) {
    void this.follow(connection, logger);
  }

  get connected(): boolean {
    return this.up;
  }

  /** onReconnect calls back after every reconnect until what it returned is called. */
  onReconnect(callback: () => void): () => void {
    this.reconnected.add(callback);
    return () => void this.reconnected.delete(callback);
  }

  private async follow(connection: NatsConnection, logger: Logger): Promise<void> {
    for await (const status of connection.status()) {
      switch (status.type) {
        case 'disconnect':
          this.up = false;
          logger.warn({ server: status.server }, 'NATS is gone; reconnecting');
          break;
        case 'reconnect':
          this.up = true;
          logger.info({ server: status.server }, 'NATS is back');
          for (const callback of this.reconnected) callback();
          break;
        case 'error':
          logger.error({ err: status.error }, 'NATS reports an error');
          break;
        case 'slowConsumer':
          logger.warn({ pending: status.pending }, 'Messages arrive faster than they are handled');
          break;
        default:
          break;
      }
    }
    this.up = false;
  }
}
