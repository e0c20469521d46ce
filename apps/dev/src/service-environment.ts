import { GRPC_SERVICE_NAMES, type GrpcServiceName, type Ports, type ServiceName } from './services.js';

/** Environment is environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Backends are the servers behind the services. */
export interface Backends {
  readonly postgresUrl: string;
  readonly natsUrl: string;
}

/** EnvironmentInput is what a service's environment is made of. */
export interface EnvironmentInput {
  /** What we were started with; everything not named here passes through. */
  readonly base: Environment;
  readonly backends: Backends;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly logLevel: string;
}

/** HOST is where everything listens on a development machine: nothing is open to the network. */
export const HOST = '127.0.0.1';

/** serviceEnvironment is the environment of one service: the contract that all services share, and its own ports. */
export function serviceEnvironment(service: ServiceName, input: EnvironmentInput): Environment {
  const { ports } = input;
  return {
    ...input.base,
    MAESTRO_POSTGRES_URL: input.backends.postgresUrl,
    MAESTRO_NATS_URL: input.backends.natsUrl,
    MAESTRO_DATA_DIR: input.dataDir,
    MAESTRO_LOG_LEVEL: input.logLevel,
    MAESTRO_LOG_FORMAT: 'json',
    MAESTRO_METRICS_PORT: String(ports.metrics[service]),
    // The gateway shows traces in development; an empty variable turns tracing off.
    MAESTRO_OTLP_URL: input.base['MAESTRO_OTLP_URL'] ?? `http://${HOST}:${ports.rest}`,
    MAESTRO_API_URL: input.base['MAESTRO_API_URL'] ?? `http://${HOST}:${ports.rest}`,
    ...addresses(ports),
    ...(service === 'gateway'
      ? { MAESTRO_REST_HOST: HOST, MAESTRO_REST_PORT: String(ports.rest) }
      : { MAESTRO_GRPC_HOST: HOST, MAESTRO_GRPC_PORT: String(ports.grpc[service]) }),
  };
}

/** grpcAddress is where a service's gRPC server listens. */
export function grpcAddress(ports: Ports, service: GrpcServiceName): string {
  return `${HOST}:${ports.grpc[service]}`;
}

function addresses(ports: Ports): Environment {
  const entries = GRPC_SERVICE_NAMES.map((name) => [`MAESTRO_${name.toUpperCase()}_ADDRESS`, grpcAddress(ports, name)]);
  return Object.fromEntries(entries) as Environment;
}
