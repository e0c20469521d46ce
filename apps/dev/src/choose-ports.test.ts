import { createServer, type AddressInfo, type Server } from 'node:net';
import { readConfig } from '@maestro/config';
import { choosePorts } from './choose-ports.js';
import { devConfig, type DevConfig } from './config.js';

let taken: Server;
let port: number;

beforeAll((done) => {
  taken = createServer().listen(0, '127.0.0.1', () => {
    port = (taken.address() as AddressInfo).port;
    done();
  });
});
afterAll((done) => void taken.close(done));

const config = (...argv: string[]): DevConfig => readConfig(devConfig, { argv, env: {} });

test('every port that is in use is named, with the flag and the variable that change it', async () => {
  const choosing = choosePorts(config('--rest-port', String(port), '--signal-metrics-port', String(port)));
  await expect(choosing).rejects.toThrow(`Port ${port} (port of the REST API) is in use by another program`);
  await expect(choosing).rejects.toThrow('--rest-port');
  await expect(choosing).rejects.toThrow('MAESTRO_SIGNAL_METRICS_PORT');
});

test('with --any-ports all ports are free ones, and all differ', async () => {
  const ports = await choosePorts(config('--any-ports', '--rest-port', String(port)));
  const all = [ports.rest, ...Object.values(ports.grpc), ...Object.values(ports.metrics)];
  expect(new Set(all).size).toBe(12);
  expect(all).not.toContain(port);
});
