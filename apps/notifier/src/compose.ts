import { bindService, createServer, type GrpcServer } from '@maestro/grpc';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { Closers, openCallerBase, postgresAway, RepeatedLoop, type CallerBase } from '@maestro/service';
import { requestMetrics } from '@maestro/telemetry';
import { openAlerts, startAlerting, type Alerting } from './compose/alerts.js';
import { channelsOf } from './compose/channels.js';
import { startDeliveries } from './compose/deliveries.js';
import { startHearing } from './compose/hearing.js';
import { listenersOf } from './compose/listeners.js';
import { openWebhooks } from './compose/webhooks.js';
import { postgresDeliveryLog } from './adapters/postgres/read-delivery-log.js';
import type { NotifierConfig } from './config.js';
import type { DeliveryLog } from './ports/delivery-log.js';
import { alertHandlers } from './rpc/alert-handlers.js';
import type { NotifierDeps } from './rpc/notifier-deps.js';
import { notifierHandlers } from './rpc/notifier-handlers.js';
import { tellAll } from './usecases/tell-all.js';
import { trimDeliveries } from './usecases/trim-deliveries.js';

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
      const base = await openCallerBase('notifier', config, closers);
      const { webhooks, channel } = openWebhooks(base, config);
      const alerts = openAlerts(base, config);
      const outgoing = startDeliveries(
        base,
        config,
        channelsOf(base, config, { webhook: channel, alerts }, closers),
        closers,
      );
      const listeners = listenersOf(base, config, outgoing, webhooks);
      const alerting = startAlerting(base, config, { alerts, outgoing, programs: tellAll(listeners) }, closers);
      startHearing(base, [...listeners, alerting.listener], closers);
      const log = postgresDeliveryLog(base);
      startTrimming(base, config, log, closers);
      const { clock } = base;
      const onRetried = (): void => outgoing.nudge();
      const server = serverOf(base, { webhooks, sender: channel, log, clock, onRetried }, alerting);
      const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
      closers.add(() => server.drain(DRAIN_MS));
      base.telemetry.logger.info({ grpcPort, metricsPort: base.telemetry.port }, 'notifier serves');
      return { grpcPort, metricsPort: base.telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

const TRIM_ROUND_MS = 10 * 60_000;

function startTrimming(
  { clock, telemetry }: CallerBase,
  config: NotifierConfig,
  log: DeliveryLog,
  closers: Closers,
): void {
  const { deliveryKeepDays: keepDays, deliveryGiveUpHours: giveUpHours } = config;
  const trimming = new RepeatedLoop({
    everyMs: TRIM_ROUND_MS,
    round: () => trimDeliveries(log, clock.now(), { keepDays, giveUpHours }),
    onError: (err) => telemetry.logger.warn({ err }, 'old deliveries cannot be deleted now; it is tried again'),
  });
  closers.add(() => trimming.stop());
}

function serverOf({ telemetry }: CallerBase, deps: NotifierDeps, alerting: Alerting): GrpcServer {
  const { logger, tracer, meter } = telemetry;
  const metrics = requestMetrics(meter, 'grpc_server');
  const services = [
    bindService(NotifierService, notifierHandlers(deps)),
    bindService(AlertService, alertHandlers(alerting.deps)),
  ];
  return createServer({ services, logger, tracer, metrics, interceptors: [postgresAway] });
}
