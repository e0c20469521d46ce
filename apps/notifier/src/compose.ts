import { createServer, type GrpcServer } from '@maestro/grpc';
import { Closers, postgresAway } from '@maestro/service';
import { requestMetrics } from '@maestro/telemetry';
import { openBase, type Base } from './compose/base.js';
import { channelsOf } from './compose/channels.js';
import { startDeliveries } from './compose/deliveries.js';
import { startHearing } from './compose/hearing.js';
import { listenersOf } from './compose/listeners.js';
import type { NotifierConfig } from './config.js';

/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;

/** NotifierProcess is the service in one process. */
export interface NotifierProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number }>;
  /** Lets calls finish, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: NotifierConfig): NotifierProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const base = await openBase(config, closers);
      const outgoing = startDeliveries(base, config, channelsOf(), closers);
      startHearing(base, listenersOf(base, config, outgoing), closers);
      const server = serverOf(base);
      const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
      closers.add(() => server.drain(DRAIN_MS));
      base.telemetry.logger.info({ grpcPort, metricsPort: base.telemetry.port }, 'notifier serves');
      return { grpcPort, metricsPort: base.telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

function serverOf({ telemetry }: Base): GrpcServer {
  const { logger, tracer, meter } = telemetry;
  const metrics = requestMetrics(meter, 'grpc_server');
  return createServer({ services: [], logger, tracer, metrics, interceptors: [postgresAway] });
}
