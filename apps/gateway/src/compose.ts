import { Closers, telemetryOptions } from '@maestro/service';
import { requestMetrics, startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { GatewayConfig } from './config.js';
import { TraceStore } from './dev/trace-store.js';
import { type RestServer, restServer } from './http/rest-server.js';
import { Router } from './http/router.js';
import { ROUTES } from './routes/table.js';
import { type Addresses, connectServices, type Services } from './services.js';

const SERVICE = 'maestro-gateway';
/** As long as the longest call; what still runs then is given up. */
const DRAIN_MS = 10_000;

/** GatewayPorts are the real ones, where 0 was configured. */
export interface GatewayPorts {
  readonly restPort: number;
  readonly metricsPort: number;
}

/** GatewayProcess is the gateway in one process. */
export interface GatewayProcess {
  /** Serves when it resolves. */
  start(): Promise<GatewayPorts>;
  /** Lets requests finish, ends streams, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the gateway; nothing is opened before `start`. */
export function compose(config: GatewayConfig): GatewayProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const telemetry = await startTelemetry(telemetryOptions({ service: SERVICE, host: config.restHost }, config));
      closers.add(() => telemetry.stop());
      const upstream = connectServices(addressesOf(config), new TraceStore());
      closers.add(() => upstream.close());
      const server = serverOf(config, telemetry, upstream.services);
      const restPort = await server.listen(config.restHost, config.restPort);
      let stopping = false;
      telemetry.readiness.register('rest', () => (stopping ? 'the gateway is stopping' : undefined));
      closers.add(() => {
        stopping = true;
        return server.drain(DRAIN_MS);
      });
      telemetry.logger.info({ restPort, metricsPort: telemetry.port }, 'gateway serves');
      return { restPort, metricsPort: telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

function serverOf(config: GatewayConfig, telemetry: Telemetry, services: Services): RestServer {
  const { logger, tracer, meter } = telemetry;
  const metrics = requestMetrics(meter, 'rest_requests');
  const { maxInFlight } = config;
  return restServer({ router: new Router(ROUTES), services, logger, tracer, metrics, maxInFlight });
}

function addressesOf(config: GatewayConfig): Addresses {
  return {
    definition: config.definitionAddress,
    scheduler: config.schedulerAddress,
    executor: config.executorAddress,
    signal: config.signalAddress,
    notifier: config.notifierAddress,
  };
}
