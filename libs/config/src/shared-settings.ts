import { address, choice, optional, port, text, url } from './schemas.js';
import { setting } from './setting.js';

/** The levels of the logs, quietest last (those of pino). */
export const LOG_LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** addressSetting is where another service's gRPC server listens. */
function addressSetting(service: string, defaultPort: number) {
  return setting({
    flag: `${service}-address`,
    env: `MAESTRO_${service.toUpperCase()}_ADDRESS`,
    schema: address(),
    default: `127.0.0.1:${defaultPort}`,
    doc: `host:port of the ${service} service`,
    example: `127.0.0.1:${defaultPort}`,
  });
}

/** sharedSettings are the settings that mean the same in every service; each takes the ones it needs into its spec. */
export const sharedSettings = {
  postgresUrl: setting({
    flag: 'postgres-url',
    env: 'MAESTRO_POSTGRES_URL',
    schema: url('postgres', 'postgresql'),
    doc: 'the Postgres database',
    example: 'postgres://maestro:secret@127.0.0.1:5432/maestro',
    secret: true,
  }),
  natsUrl: setting({
    flag: 'nats-url',
    env: 'MAESTRO_NATS_URL',
    schema: url('nats', 'tls'),
    doc: 'the NATS server, with JetStream on',
    example: 'nats://127.0.0.1:4222',
    secret: true,
  }),
  grpcHost: setting({
    flag: 'grpc-host',
    env: 'MAESTRO_GRPC_HOST',
    schema: text(),
    default: '127.0.0.1',
    doc: 'the address that the gRPC server listens on',
    example: '0.0.0.0',
  }),
  metricsPort: setting({
    flag: 'metrics-port',
    env: 'MAESTRO_METRICS_PORT',
    schema: port(),
    default: '0',
    doc: 'port of /metrics and /ready (0: any free one)',
    example: '9202',
  }),
  grpcPort: setting({
    flag: 'grpc-port',
    env: 'MAESTRO_GRPC_PORT',
    schema: port(),
    default: '0',
    doc: 'port of the gRPC server (0: any free one)',
    example: '9102',
  }),
  definitionAddress: addressSetting('definition', 9101),
  schedulerAddress: addressSetting('scheduler', 9102),
  executorAddress: addressSetting('executor', 9103),
  signalAddress: addressSetting('signal', 9104),
  notifierAddress: addressSetting('notifier', 9105),
  logLevel: setting({
    flag: 'log-level',
    env: 'MAESTRO_LOG_LEVEL',
    schema: choice(LOG_LEVEL_NAMES),
    default: 'info',
    doc: `how much to log: ${LOG_LEVEL_NAMES.join(', ')}`,
    example: 'debug',
  }),
  logFormat: setting({
    flag: 'log-format',
    env: 'MAESTRO_LOG_FORMAT',
    schema: choice(['json', 'pretty']),
    default: 'json',
    doc: 'json for programs, pretty for people',
    example: 'pretty',
  }),
  otlpUrl: setting({
    flag: 'otlp-url',
    env: 'MAESTRO_OTLP_URL',
    schema: optional(url('http', 'https')),
    default: '',
    doc: 'where to send traces (OTLP over HTTP); empty: nowhere',
    example: 'http://127.0.0.1:4318',
  }),
  executionEnvironment: setting({
    flag: 'execution-environment',
    env: 'MAESTRO_EXECUTION_ENVIRONMENT',
    schema: text(),
    default: 'test',
    doc: 'what params.getExecutionEnvironment() answers',
    example: 'prod',
  }),
  defaultParams: setting({
    flag: 'default-params',
    env: 'MAESTRO_DEFAULT_PARAMS',
    schema: optional(text()),
    default: '',
    doc: 'params put over the default ones, as JSON {workflow, step, dry_run, by_type}; empty: none (docs/params.md)',
    example: '{"workflow":{"team":{"type":"STRING","value":"data"}}}',
  }),
};

/** CONTRACT_VARIABLES may be in the environment of any service (they are set once for all), so none warns about them. */
export const CONTRACT_VARIABLES: readonly string[] = [
  ...Object.values(sharedSettings).map(({ env }) => env),
  'MAESTRO_REST_HOST',
  'MAESTRO_REST_PORT',
  'MAESTRO_DATA_DIR',
  'MAESTRO_TEST_KIND',
  'MAESTRO_ANY_PORTS',
  'MAESTRO_URL',
  'MAESTRO_API_URL',
  'MAESTRO_USER',
];

/** SERVICE_NAMES are the programs whose own variables begin with their name: `MAESTRO_EXECUTOR_SLOTS`. */
export const SERVICE_NAMES = ['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway'] as const;
