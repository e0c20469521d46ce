import type { Alerting } from '@maestro/domain';
import { alertKey, subjectPath } from './alert-key.js';
import type { Alert } from './alert.js';
import type { Route } from './route.js';

/**
 * digestKey is under what an alert is gathered with others for a while before anybody is told: the failures of one run.
 * Undefined: it is told at once.
 */
export function digestKey({ bypassDigestConfig }: Alerting, { type, subject }: Alert): string | undefined {
  if (type !== 'STEP_FAILURE' || bypassDigestConfig?.workflow === true) return undefined;
  if (subject.stepId !== undefined && bypassDigestConfig?.steps?.includes(subject.stepId) === true) return undefined;
  const { workflowId, instanceId, runId } = subject;
  if (instanceId === undefined || runId === undefined) return undefined;
  return alertKey(type, { workflowId, instanceId, runId });
}

/** digestOf makes one alert of those that were gathered, oldest first; of one alone itself. */
export function digestOf(alerts: readonly [Alert, ...Alert[]]): Alert {
  const [first, ...others] = alerts;
  if (others.length === 0) return first;
  const { stepId: _stepId, ...run } = first.subject;
  const key = alertKey(first.type, run);
  return {
    key,
    incident: key,
    type: first.type,
    tenant: first.tenant,
    subject: run,
    time: first.time,
    summary: `${alerts.length} failures in run ${subjectPath(run)}`,
    details: alerts.flatMap(({ summary, details }) => [summary, ...details.map((line) => `  ${line}`)]),
  };
}

/** joinRoutes: whoever is told of one of several alerts is told of all; they are those of one run, whose params tell them apart. */
export function joinRoutes(routes: readonly Route[]): Route {
  const all = (pick: (route: Route) => readonly string[]): readonly string[] => [...new Set(routes.flatMap(pick))];
  return {
    emails: all(({ emails }) => emails),
    pages: all(({ pages }) => pages),
    slack: {
      users: all(({ slack }) => slack.users),
      channels: all(({ slack }) => slack.channels),
      mentionUsers: all(({ slack }) => slack.mentionUsers),
    },
    severity: routes[0]?.severity ?? 'ERROR',
    cancel: routes.some(({ cancel }) => cancel),
  };
}
