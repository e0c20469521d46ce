import { subjectPath } from '@maestro/alerting';
import type { MaestroEvent } from '../ports/maestro-event.js';
import { eventType } from './event-type.js';

/** EventAttributes are the attributes of a CloudEvent but for its data. */
export interface EventAttributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** `workflow[/instance/run[/step/attempt]]`, or `signal/number`. */
  readonly subject: string;
  readonly time: string;
  /** An extension. */
  readonly tenant: string;
}

const SOURCES: Readonly<Record<MaestroEvent['type'], string>> = {
  workflow: '/maestro/definition',
  run: '/maestro/scheduler',
  step: '/maestro/scheduler',
  signal: '/maestro/signal',
  alert: '/maestro/notifier',
};

/** eventAttributes describe an event; the same event always in the same way. */
export function eventAttributes(event: MaestroEvent): EventAttributes {
  return {
    id: event.id,
    source: SOURCES[event.type],
    type: eventType(event),
    subject: subjectOf(event),
    time: new Date(event.time).toISOString(),
    tenant: event.tenant,
  };
}

/** workflowOf is the workflow that an event belongs to: of a signal, that whose step announced it. */
export function workflowOf(event: MaestroEvent): string | undefined {
  return event.type === 'signal' ? event.signal.source?.workflowId : event.workflowId;
}

function subjectOf(event: MaestroEvent): string {
  if (event.type === 'alert') return subjectPath(event.alert.subject);
  if (event.type === 'workflow') return event.workflowId;
  if (event.type === 'signal') return `${event.signal.name}/${event.signal.seqId}`;
  const run = `${event.workflowId}/${event.instanceId}/${event.runId}`;
  return event.type === 'run' ? run : `${run}/${event.stepId}/${event.attemptId}`;
}
