import { interpolateRoute, messagesOf, routeOf, type OutgoingMessage } from '@maestro/alerting';
import { MaestroError, type AlertType } from '@maestro/domain';
import type { Clock } from '../../ports/clock.js';
import type { Deliveries } from '../../ports/delivery.js';
import type { Runs } from '../../ports/runs.js';
import type { AlertingSource } from '../../ports/workflow-alertings.js';

export interface TestAlertDeps {
  readonly source: AlertingSource;
  readonly runs: Runs;
  readonly deliveries: Pick<Deliveries, 'add'>;
  readonly clock: Clock;
  readonly sent: () => void;
}

export interface TestAlertAsk {
  readonly requestId: string;
  readonly workflowId: string;
  readonly type: AlertType;
  readonly by: string;
}

/** Tested says whom a test alert goes to. */
export interface Tested {
  readonly messages: readonly OutgoingMessage[];
  /** What is wrong with addresses that are left out. */
  readonly problems: readonly string[];
}

/** testAlert tells everybody whom an alert of the type would be told, with the params of the workflow's latest run; nothing is stopped. */
export async function testAlert(ask: TestAlertAsk, deps: TestAlertDeps): Promise<Tested> {
  const { workflowId, type, requestId, by } = ask;
  const properties = await deps.source.read(workflowId);
  if (properties === undefined) throw new MaestroError('WORKFLOW_NOT_FOUND', `There is no workflow "${workflowId}".`);
  const named = routeOf(properties.alerting ?? {}, type);
  const latest = await deps.runs.latest(workflowId);
  const { route, problems } = interpolateRoute(named, { workflowParams: latest?.params ?? {} });
  const key = `TEST/${workflowId}#${requestId}`;
  const alert = {
    key,
    incident: key,
    type,
    tenant: 'default',
    subject: { workflowId },
    time: deps.clock.now(),
    summary: `test of ${type} alerts of workflow ${workflowId}, by ${by}`,
    details: ['Nothing is wrong: somebody wants to see whether alerts arrive.'],
  };
  const messages = messagesOf(alert, { ...route, cancel: false, severity: 'INFO' }, {});
  await deps.deliveries.add(messages);
  deps.sent();
  return { messages, problems };
}
