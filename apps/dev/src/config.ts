import {
  defineConfig,
  LOG_LEVEL_NAMES,
  choice,
  optional,
  port,
  setting,
  sharedSettings,
  text,
  url,
  yesNo,
  type Config,
  type Setting,
} from '@maestro/config';
import type { ServiceName } from './services.js';

function portSetting(flag: string, defaultPort: number, doc: string): Setting<number> {
  const env = `MAESTRO_${flag.toUpperCase().replaceAll('-', '_')}`;
  return setting({
    flag,
    env,
    schema: port(),
    default: String(defaultPort),
    doc,
    example: String(defaultPort + 1_000),
  });
}

function grpcPort(service: ServiceName, defaultPort: number): Setting<number> {
  return portSetting(`${service}-port`, defaultPort, `gRPC port of the ${service} service (0: any free one)`);
}

function metricsPort(service: ServiceName, defaultPort: number): Setting<number> {
  return portSetting(`${service}-metrics-port`, defaultPort, `/metrics and /ready of the ${service} service`);
}

/** devConfig is everything that can be set of `npm start`. */
export const devConfig = defineConfig({
  program: 'npm start --',
  doc: 'starts Maestro on this machine: Postgres, NATS and every service as its own process',
  settings: {
    restPort: portSetting('rest-port', 8080, 'port of the REST API (0: any free one)'),
    dataDir: setting({
      flag: 'data-dir',
      env: 'MAESTRO_DATA_DIR',
      schema: text(),
      default: '.maestro',
      doc: 'folder of all data and logs',
      example: '/var/tmp/maestro',
    }),
    postgresUrl: setting({
      ...sharedSettings.postgresUrl,
      schema: optional(url('postgres', 'postgresql')),
      default: '',
      doc: 'use this Postgres instead of starting one',
    }),
    natsUrl: setting({
      ...sharedSettings.natsUrl,
      schema: optional(url('nats', 'tls')),
      default: '',
      doc: 'use this NATS server (with JetStream) instead of starting one',
    }),
    logLevel: setting({
      flag: 'log-level',
      env: 'MAESTRO_LOG_LEVEL',
      schema: choice(LOG_LEVEL_NAMES),
      default: 'info',
      doc: `how much the services log: ${LOG_LEVEL_NAMES.join(', ')}`,
      example: 'debug',
    }),
    anyPorts: setting({
      flag: 'any-ports',
      env: 'MAESTRO_ANY_PORTS',
      schema: yesNo(),
      default: 'false',
      doc: 'listen on free ports instead of the ones below and the REST port',
      example: 'true',
      switch: true,
    }),
    definitionPort: grpcPort('definition', 9101),
    schedulerPort: grpcPort('scheduler', 9102),
    executorPort: grpcPort('executor', 9103),
    signalPort: grpcPort('signal', 9104),
    notifierPort: grpcPort('notifier', 9105),
    definitionMetricsPort: metricsPort('definition', 9201),
    schedulerMetricsPort: metricsPort('scheduler', 9202),
    executorMetricsPort: metricsPort('executor', 9203),
    signalMetricsPort: metricsPort('signal', 9204),
    gatewayMetricsPort: metricsPort('gateway', 9205),
    notifierMetricsPort: metricsPort('notifier', 9206),
  },
});

/** DevConfig is the parsed configuration of `npm start`. */
export type DevConfig = Config<typeof devConfig.settings>;
