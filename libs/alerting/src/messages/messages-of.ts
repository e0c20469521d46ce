import type { JsonObject } from '@maestro/domain';
import type { Alert } from '../alert.js';
import type { Route } from '../route.js';
import { alertEventType } from './alert-event.js';
import { emailOf } from './email.js';
import { pagerdutyTrigger, pagerdutyUpdate } from './pagerduty.js';
import { slackOf } from './slack.js';

/** OutgoingMessage is what one receiver is told, ready to be sent. */
export interface OutgoingMessage {
  /** The same for every telling of the same thing. */
  readonly messageId: string;
  readonly channel: 'email' | 'slack' | 'pagerduty' | 'cancel';
  readonly target: string;
  readonly kind: string;
  readonly tenant: string;
  readonly workflowId: string;
  readonly payload: JsonObject;
}

export interface MessageOptions {
  /** Where people look at runs; absent: nowhere. */
  readonly baseUrl?: string;
}

/** messagesOf writes an alert for everybody whom its route names. */
export function messagesOf(alert: Alert, route: Route, options: MessageOptions): readonly OutgoingMessage[] {
  const { emails, pages, slack, severity } = route;
  const to = (channel: OutgoingMessage['channel'], targets: readonly string[], payload: () => JsonObject) =>
    targets.map((target) => ({ ...headOf(alert), channel, target, payload: payload() }));
  return [
    ...to('email', emails, () => ({ ...emailOf(alert, options.baseUrl) })),
    ...to('slack', slack.channels.map(asChannel), () =>
      slackOf(alert, { ...options, mentionUsers: slack.mentionUsers }),
    ),
    ...to('slack', slack.users.map(asUser), () => slackOf(alert, { ...options, mentionUsers: [] })),
    ...to('pagerduty', pages, () => ({
      dedup_key: alert.incident,
      ...pagerdutyTrigger(alert, { ...options, severity }),
    })),
    ...(route.cancel ? cancelMessages(alert) : []),
  ];
}

/** resolveMessages closes the incidents that an alert has opened. */
export function resolveMessages(alert: Alert, route: Route): readonly OutgoingMessage[] {
  return updates(alert, route, 'resolve');
}

/** acknowledgeMessages says at the incidents of an alert that somebody looks after it. */
export function acknowledgeMessages(alert: Alert, route: Route): readonly OutgoingMessage[] {
  return updates(alert, route, 'acknowledge');
}

function updates(alert: Alert, { pages }: Route, action: 'acknowledge' | 'resolve'): readonly OutgoingMessage[] {
  return pages.map((target) => ({
    ...headOf(alert),
    messageId: `${alert.key}~${action}`,
    channel: 'pagerduty',
    target,
    payload: { dedup_key: alert.incident, ...pagerdutyUpdate(action) },
  }));
}

/** What is only foreseen stops nothing. */
function cancelMessages(alert: Alert): readonly OutgoingMessage[] {
  const { workflowId, instanceId, runId } = alert.subject;
  const foreseen = alert.type === 'TCT_VIOLATION' && alert.key !== alert.incident;
  if (instanceId === undefined || runId === undefined || foreseen) return [];
  const target = `${workflowId}/${instanceId}/${runId}`;
  const payload = { workflow_id: workflowId, instance_id: instanceId, run_id: runId, reason: alert.summary };
  return [{ ...headOf(alert), channel: 'cancel', target, payload }];
}

function headOf({ key, type, tenant, subject }: Alert) {
  return { messageId: key, kind: alertEventType(type), tenant, workflowId: subject.workflowId };
}

const asChannel = (name: string): string => (/^[#@]|^[CGD][A-Z0-9]{6,}$/.test(name) ? name : `#${name}`);
const asUser = (name: string): string => (/^@|^[UW][A-Z0-9]{6,}$/.test(name) ? name : `@${name}`);
