import { MaestroError } from '@maestro/domain';
import { ALERT_STATE_TABLE, ALERT_TYPE_TABLE, alertToJson, paginationToJson, testedAlertToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

const PAGE_SIZE = 50;

/** listAlerts: GET /alerts, newest first; not in the original, as all alerts that are sent. */
export const listAlerts: Handler = async (call, { alerts }) => {
  const { query } = call;
  const request = {
    tenant: query.text('tenant'),
    workflowId: query.text('workflow'),
    types: query.list('types').map((text) => wordOf('types', text, ALERT_TYPE_TABLE.entries)),
    states: query.list('states').map((text) => wordOf('states', text, ALERT_STATE_TABLE.entries)),
    since: query.natural('since'),
    until: query.natural('until'),
    page: query.page(PAGE_SIZE),
  };
  const answer = await alerts.listAlerts(request, call.options);
  return ok(() => paginationToJson(answer.alerts.map(alertToJson), answer.page));
};

/** acknowledgeAlert: POST /alerts/{id}/acknowledge; the caller looks after it. */
export const acknowledgeAlert: Handler = async (call, { alerts }) => {
  const { alert } = await alerts.acknowledgeAlert({ alertId: call.number('id') }, call.options);
  return ok(() => alertToJson(expected(alert, 'alert')));
};

/** testAlert: POST /workflows/{id}/alerts/test; tells everybody whom an alert of the type would be told that this is a test. */
export const testAlert: Handler = async (call, { alerts }) => {
  const text = call.query.text('type') || 'STEP_FAILURE';
  const type = wordOf('type', text, ALERT_TYPE_TABLE.entries);
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), type };
  const answer = await alerts.testAlert(request, call.options);
  return ok(() => testedAlertToJson(answer));
};

function wordOf<V>(name: string, text: string, entries: Readonly<Record<string, V>>): V {
  const value = Object.hasOwn(entries, text.toUpperCase()) ? entries[text.toUpperCase()] : undefined;
  if (value !== undefined) return value;
  const message = `must be of ${Object.keys(entries).join(', ')}, not "${text}"`;
  throw new MaestroError('INVALID_REQUEST', `The query parameter ${name} ${message}.`, {
    violations: [{ path: name, message }],
  });
}
