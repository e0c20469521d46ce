import { digestKey, interpolateRoute, routeOf, type Alert } from '@maestro/alerting';
import type { Params } from '@maestro/domain';
import type { AddressedAlert } from '../../ports/alerts.js';
import type { Wanted } from './wanted-alerts.js';

/** addressAlert says who is told of an alert; where nobody is named it is listed and told to programs. `params` are those of its run. */
export function addressAlert(alert: Alert, { alerting }: Wanted, params: Params = {}): AddressedAlert {
  const { route, problems } = interpolateRoute(routeOf(alerting, alert.type), { workflowParams: params });
  const digest = digestKey(alerting, alert);
  return { alert, route, problems, ...(digest === undefined ? {} : { digestKey: digest }) };
}
