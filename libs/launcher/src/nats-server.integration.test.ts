import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { resolveNatsServer } from './nats-binary.js';
import { startNatsServer } from './nats-server.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-launcher-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The server speaks first: `INFO {json}`. */
function greeting(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}

test('a server is found or fetched, takes clients with JetStream on, and stops', async () => {
  const binary = await resolveNatsServer({ toolsDir: join(folder, 'tools') });
  const server = await startNatsServer({ binary, dataDir: join(folder, 'data') });
  expect(await greeting(server.port)).toContain('"jetstream":true');
  await server.stop();
  await expect(greeting(server.port)).rejects.toThrow('ECONNREFUSED');
});

test('two starters that look at the same time fetch it once', async () => {
  const search = { toolsDir: join(folder, 'tools'), installed: [] };
  const [first, second] = await Promise.all([resolveNatsServer(search), resolveNatsServer(search)]);
  expect(first).toBe(second);
  expect(existsSync(first)).toBe(true);
});
