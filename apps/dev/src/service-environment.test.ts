import { serviceEnvironment, type EnvironmentInput } from './service-environment.js';

const input: EnvironmentInput = {
  base: { PATH: '/bin', MAESTRO_POSTGRES_URL: 'of another program' },
  backends: { postgresUrl: 'postgres://here', natsUrl: 'nats://here' },
  ports: {
    rest: 8080,
    grpc: { definition: 1, scheduler: 2, executor: 3, signal: 4, notifier: 5 },
    metrics: { definition: 11, scheduler: 12, executor: 13, signal: 14, notifier: 16, gateway: 15 },
  },
  dataDir: '/data',
  logLevel: 'debug',
};

test('a service gets its own ports and the addresses of all others', () => {
  const env = serviceEnvironment('scheduler', input);
  expect(env).toMatchObject({
    PATH: '/bin',
    MAESTRO_POSTGRES_URL: 'postgres://here',
    MAESTRO_GRPC_PORT: '2',
    MAESTRO_METRICS_PORT: '12',
    MAESTRO_DEFINITION_ADDRESS: '127.0.0.1:1',
    MAESTRO_SIGNAL_ADDRESS: '127.0.0.1:4',
    MAESTRO_LOG_LEVEL: 'debug',
  });
  expect(env['MAESTRO_REST_PORT']).toBeUndefined();
});

test('the gateway gets the REST port and no gRPC port', () => {
  const env = serviceEnvironment('gateway', input);
  expect(env).toMatchObject({ MAESTRO_REST_PORT: '8080', MAESTRO_REST_HOST: '127.0.0.1', MAESTRO_METRICS_PORT: '15' });
  expect(env['MAESTRO_GRPC_PORT']).toBeUndefined();
});
