import type { Alert } from '@maestro/alerting';
import type { AlertEffects, Alerts } from '../../ports/alerts.js';
import type { EventListener } from '../../ports/event-listener.js';
import type { AlertRaised } from '../../ports/maestro-event.js';
import { eventId } from '../event-id.js';

/** RaiseAlerts does what came of something, and tells programs of the alerts in it. */
export type RaiseAlerts = (effects: readonly AlertEffects[]) => Promise<void>;

/** raiseAlerts stores alerts first; `listener` is told of them before whoever found them may forget how. */
export function raiseAlerts(alerts: Pick<Alerts, 'apply'>, listener: EventListener): RaiseAlerts {
  return async (effects) => {
    const standing = await alerts.apply(effects);
    if (standing.length > 0) await listener.hear(standing.map(raised));
  };
}

function raised(alert: Alert): AlertRaised {
  const { key, time, tenant, subject } = alert;
  return { type: 'alert', id: eventId('alert', key), time, tenant, workflowId: subject.workflowId, alert };
}
