import { join } from 'node:path';
import { bindService, createServer, type GrpcServer } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { Closers, openCallerBase, postgresAway, RepeatedLoop, type CallerBase } from '@maestro/service';
import { requestMetrics } from '@maestro/telemetry';
import { natsSchedulerLink } from './adapters/nats/scheduler-link.js';
import { natsSignalWatcher } from './adapters/nats/watch-signals.js';
import { grpcActiveTriggers } from './adapters/grpc/active-triggers.js';
import { postgresTriggerStandings } from './adapters/postgres/trigger-standings.js';
import { postgresLineage } from './adapters/postgres/lineage.js';
import { postgresSignals } from './adapters/postgres/read-signals.js';
import { postgresRetention } from './adapters/postgres/retention.js';
import { postgresWaits } from './adapters/postgres/waits.js';
import { openAnnouncer } from './compose/announcing.js';
import { startStepSignals } from './compose/step-signals.js';
import { startTriggers } from './compose/triggers.js';
import type { SignalConfig } from './config.js';
import { lineageHandlers } from './rpc/lineage-handlers.js';
import { signalHandlers } from './rpc/signal-handlers.js';
import { deleteOld } from './usecases/delete-old.js';
import type { GroupAnnouncer } from './usecases/group-announcer.js';

/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;
/** Beside the bundle of the service. */
const WORKER_SCRIPT = join(__dirname, 'evaluation-worker.js');

/** SignalProcess is the service in one process. */
export interface SignalProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number }>;
  /** Lets calls finish, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: SignalConfig, workerScript = WORKER_SCRIPT): SignalProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const base = await openCallerBase('signal', config, closers);
      const delivery = { waits: postgresWaits(base), scheduler: natsSchedulerLink(base.messaging) };
      const triggers = startTriggers(base, workerScript, closers);
      const announcer = openAnnouncer(base, config, { ...delivery, triggers }, closers);
      startRetention(base, config, closers);
      startStepSignals(base, { ...delivery, announcer, olderThanMs: config.relayAfterMs }, closers);
      const server = serverOf(base, announcer);
      const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
      closers.add(() => server.drain(DRAIN_MS));
      base.telemetry.logger.info({ grpcPort, metricsPort: base.telemetry.port }, 'signal serves');
      return { grpcPort, metricsPort: base.telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

const RETENTION_ROUND_MS = 10 * 60_000;

function startRetention(
  { pool, clock, telemetry }: CallerBase,
  { retentionDays }: SignalConfig,
  closers: Closers,
): void {
  const retention = postgresRetention(pool);
  const deleting = new RepeatedLoop({
    everyMs: RETENTION_ROUND_MS,
    round: () => deleteOld(retention, clock.now(), retentionDays),
    onError: (err) => telemetry.logger.warn({ err }, 'what is old cannot be deleted now; it is tried again'),
  });
  closers.add(() => deleting.stop());
}

function serverOf({ pool, messaging, telemetry, definition }: CallerBase, announcer: GroupAnnouncer): GrpcServer {
  const { logger, tracer, meter } = telemetry;
  const signals = postgresSignals(pool);
  const watcher = natsSignalWatcher(messaging);
  const lineage = {
    lineage: postgresLineage(pool),
    signals,
    standings: postgresTriggerStandings(pool),
    active: grpcActiveTriggers(definition),
  };
  const handlers = signalHandlers({ announcer, signals, watcher, logger });
  return createServer({
    services: [bindService(SignalService, handlers), bindService(LineageService, lineageHandlers(lineage))],
    logger,
    tracer,
    metrics: requestMetrics(meter, 'grpc_server'),
    interceptors: [postgresAway],
  });
}
