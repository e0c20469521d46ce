import { createServer, type AddressInfo } from 'node:net';
import { givenNats, givenPostgres } from './given-backend.js';

/** A port on which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a Postgres that does not answer is named without its password, with the flag to check', async () => {
  const url = `postgres://me:hidden@127.0.0.1:${await closedPort()}/db`;
  const failure: unknown = await givenPostgres(url).catch((error: unknown) => error);
  expect(String(failure)).toMatch(
    /Postgres at postgres:\/\/me:\*\*\*@127.*cannot be used:[^]*ECONNREFUSED[^]*--postgres-url/,
  );
  expect(String(failure)).not.toContain('hidden');
});

test('a NATS server that does not answer is named with the flag to check', async () => {
  await expect(givenNats(`nats://127.0.0.1:${await closedPort()}`)).rejects.toThrow('Check --nats-url');
});
