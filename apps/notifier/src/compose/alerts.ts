import { RepeatedLoop, type Closers, type CallerBase } from '@maestro/service';
import { grpcAlertingSource } from '../adapters/grpc/alerting-source.js';
import { grpcRuns } from '../adapters/grpc/runs.js';
import { postgresAlerts } from '../adapters/postgres/alerts.js';
import { postgresWorkflowAlertings } from '../adapters/postgres/workflow-alertings.js';
import type { NotifierConfig } from '../config.js';
import { LookLoop } from '../loops/look.js';
import type { Alerts } from '../ports/alerts.js';
import type { EventListener } from '../ports/event-listener.js';
import type { AlertDeps } from '../rpc/alert-deps.js';
import { alertListener } from '../usecases/alerts/alert-listener.js';
import { lookAtWatch } from '../usecases/alerts/look-at-watch.js';
import { raiseAlerts } from '../usecases/alerts/raise-alerts.js';
import { WantedAlerts } from '../usecases/alerts/wanted-alerts.js';
import type { Outgoing } from './deliveries.js';

const DAY_MS = 86_400_000;
const RETENTION_ROUND_MS = 10 * 60_000;

/** Alerting hears what happens, and answers about alerts. */
export interface Alerting {
  readonly listener: EventListener;
  readonly deps: AlertDeps;
}

/** Told is who hears of alerts. */
export interface Told {
  readonly alerts: Alerts;
  /** People. */
  readonly outgoing: Outgoing;
  /** Those who hear of everything that happens. */
  readonly programs: EventListener;
}

/** openAlerts opens what is known of alerts. */
export function openAlerts({ pool, clock }: CallerBase, config: NotifierConfig): Alerts {
  const { alertBaseUrl: baseUrl, alertDigestSeconds } = config;
  const digestMs = alertDigestSeconds * 1_000;
  return postgresAlerts({ pool, clock, digestMs, ...(baseUrl === undefined ? {} : { baseUrl }) });
}

/** startAlerting makes alerts of what happens and of what takes too long. */
export function startAlerting(
  base: CallerBase,
  config: NotifierConfig,
  { alerts, outgoing, programs }: Told,
  closers: Closers,
): Alerting {
  const { pool, clock, definition, scheduler, telemetry } = base;
  const { logger } = telemetry;
  const runs = grpcRuns(scheduler, logger);
  const source = grpcAlertingSource(definition);
  const wanted = new WantedAlerts({ alertings: postgresWorkflowAlertings(pool), source });
  const raise = raiseAlerts(alerts, programs);
  const shared = { wanted, alerts, runs, raise, now: () => clock.now() };
  const found = (): void => outgoing.nudge();
  const looking = new LookLoop({ alerts, look: (watch) => lookAtWatch(watch, shared), found, clock, logger });
  closers.add(() => looking.stop());
  startRetention(base, config, alerts, closers);
  const changed = (): void => {
    found();
    looking.nudge();
  };
  return {
    listener: alertListener({ ...shared, changed }),
    deps: { alerts, source, runs, deliveries: outgoing.deliveries, clock, sent: found },
  };
}

function startRetention(
  { clock, telemetry }: CallerBase,
  { alertKeepDays }: NotifierConfig,
  alerts: AlertDeps['alerts'],
  closers: Closers,
): void {
  const deleting = new RepeatedLoop({
    everyMs: RETENTION_ROUND_MS,
    round: () => alerts.deleteOld(clock.now() - alertKeepDays * DAY_MS),
    onError: (err) => telemetry.logger.warn({ err }, 'old alerts cannot be deleted now; it is tried again'),
  });
  closers.add(() => deleting.stop());
}
