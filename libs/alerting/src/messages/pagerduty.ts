import type { JsonObject, PagerdutySeverity } from '@maestro/domain';
import type { Alert } from '../alert.js';
import { subjectPath } from '../alert-key.js';
import { oneLine } from './email.js';
import { linkOf } from './links.js';

/** What PagerDuty's Events API v2 takes at most. */
const MAX_SUMMARY = 1_024;
export const MAX_DEDUP_KEY = 255;

export interface PagerdutyOptions {
  readonly severity: PagerdutySeverity;
  readonly baseUrl?: string;
}

/** pagerdutyTrigger is the event that opens or refreshes an incident, without routing and dedup key, which the sender adds. */
export function pagerdutyTrigger(alert: Alert, { severity, baseUrl }: PagerdutyOptions): JsonObject {
  const link = linkOf(alert.subject, baseUrl);
  return {
    event_action: 'trigger',
    payload: {
      summary: oneLine(alert.summary, MAX_SUMMARY),
      source: subjectPath(alert.subject),
      severity: severity.toLowerCase(),
      timestamp: new Date(alert.time).toISOString(),
      component: alert.subject.stepId ?? alert.subject.workflowId,
      group: alert.subject.workflowId,
      class: alert.type,
      custom_details: { tenant: alert.tenant, key: alert.key, details: [...alert.details] },
    },
    client: 'Maestro',
    ...(link === undefined ? {} : { client_url: link, links: [{ href: link, text: 'Open in Maestro' }] }),
  };
}

/** pagerdutyUpdate acknowledges or resolves an incident. */
export function pagerdutyUpdate(action: 'acknowledge' | 'resolve'): JsonObject {
  return { event_action: action };
}
