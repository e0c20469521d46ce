import type { Handler } from '@maestro/grpc';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { ALERT_TYPE_TABLE, instantFromProto } from '@maestro/wire';
import type { AlertFilter } from '../ports/alerts.js';
import type { AlertDeps } from './alert-deps.js';
import { alertStatesOf, alertToProto } from './alert-messages.js';

/** listAlertsRpc serves ListAlerts. */
export function listAlertsRpc({ alerts }: AlertDeps): Handler<typeof AlertService.method.listAlerts> {
  return async (request) => {
    const [since, until] = [instantFromProto(request.since), instantFromProto(request.until)];
    const filter: AlertFilter = {
      ...(request.tenant === '' ? {} : { tenant: request.tenant }),
      ...(request.workflowId === '' ? {} : { workflowId: request.workflowId }),
      types: request.types.map((type, index) => ALERT_TYPE_TABLE.fromProto(type, `types[${index}]`)),
      states: alertStatesOf(request.states),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const list = `alerts ${JSON.stringify(filter)}`;
    const page = await alerts.list(filter, readPageAsk(request.page, list));
    return {
      alerts: page.items.map(alertToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
