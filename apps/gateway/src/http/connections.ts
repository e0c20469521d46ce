import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections knows which connections of a server wait for an answer. (The server's own `closeIdleConnections` leaves open
 * those on which nothing was ever asked.)
 */
export class Connections {
  private readonly open = new Set<Socket>();
  private readonly busy = new Set<Socket>();
  private draining = false;

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  /** answering says that this answer is awaited on its connection. */
  answering(response: ServerResponse): void {
    const { socket } = response;
    if (socket === null) return;
    this.busy.add(socket);
    response.once('close', () => {
      this.busy.delete(socket);
      if (this.draining) socket.destroySoon();
    });
  }

  /** drain takes no new connections, closes each when its answer is out, and cuts what is left after `graceMs`. */
  async drain(graceMs: number): Promise<void> {
    this.draining = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.open) if (!this.busy.has(socket)) socket.destroySoon();
    const force = setTimeout(() => this.server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(force);
  }
}
