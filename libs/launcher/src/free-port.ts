import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports that no outgoing connection gets: below the ephemeral ranges of Linux (from 32768) and the others (from 49152). A port
 * from within them may be taken, before its server listens, by the very clients that try to reach it.
 */
const FIRST_PORT = 15_000;
const LAST_PORT = 32_000;
const TRIES = 100;

/** freePort is a TCP port of the loopback address that is free now, and that no client connection will take. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = await tryPort(randomInt(FIRST_PORT, LAST_PORT));
    if (port !== undefined) return port;
  }
  throw new Error(`no TCP port between ${String(FIRST_PORT)} and ${String(LAST_PORT)} of 127.0.0.1 is free`);
}

/** isPortFree says whether a server could listen on a port of the loopback address now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== undefined;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}
