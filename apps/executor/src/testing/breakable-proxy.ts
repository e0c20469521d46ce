import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** BreakableProxy is a network in front of a server that can be cut. */
export interface BreakableProxy {
  readonly address: string;
  /** How many connections were made through it. */
  readonly connections: number;
  /** Resets all connections; new ones are let through. */
  breakAll(): void;
  /** Nothing passes any more, in either direction, and nobody is told. New connections hang. */
  freeze(): void;
  close(): void;
}

/** breakableProxy opens one in front of `host:port`. */
export async function breakableProxy(target: string): Promise<BreakableProxy> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let connections = 0;
  let frozen = false;
  const server = createServer((incoming) => {
    connections += 1;
    const outgoing = connect(Number(port), host);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!frozen) (socket === incoming ? outgoing : incoming).destroy();
      });
    }
    incoming.on('data', (data) => frozen || outgoing.write(data));
    outgoing.on('data', (data) => frozen || incoming.write(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => {
    for (const socket of [...sockets]) socket.resetAndDestroy();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    breakAll,
    freeze: () => (frozen = true),
    close: () => {
      breakAll();
      server.close();
    },
  };
}
