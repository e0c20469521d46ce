import { alertEventType } from '@maestro/alerting';
import { ALERT_TYPES } from '@maestro/domain';
import type { MaestroEvent } from '../ports/maestro-event.js';

/** What every type begins with: reverse DNS, as CloudEvents ask for it. */
const PREFIX = 'io.maestro';

/** What is sent when somebody tests a webhook. */
export const PING_TYPE = `${PREFIX}.webhook.ping`;

/** EVENT_TYPES are all types that webhooks may ask for. */
export const EVENT_TYPES: readonly string[] = [
  ...['pushed', 'activated', 'deactivated', 'properties-changed', 'removed'].map(
    (what) => `${PREFIX}.workflow.${what}`,
  ),
  `${PREFIX}.run.status.changed`,
  `${PREFIX}.step.status.changed`,
  `${PREFIX}.signal.announced`,
  ...ALERT_TYPES.map(alertEventType),
];

/** eventType is the CloudEvents type of an event. */
export function eventType(event: MaestroEvent): string {
  if (event.type === 'workflow') return `${PREFIX}.workflow.${event.change}`;
  if (event.type === 'alert') return alertEventType(event.alert.type);
  if (event.type === 'signal') return `${PREFIX}.signal.announced`;
  return `${PREFIX}.${event.type}.status.changed`;
}
