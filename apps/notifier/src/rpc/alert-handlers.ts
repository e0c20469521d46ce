import type { Handlers } from '@maestro/grpc';
import type { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { acknowledgeAlertRpc } from './acknowledge-alert.js';
import type { AlertDeps } from './alert-deps.js';
import { listAlertsRpc } from './list-alerts.js';
import { testAlertRpc } from './test-alert.js';

/** alertHandlers has one handler an RPC. */
export function alertHandlers(deps: AlertDeps): Handlers<typeof AlertService> {
  return {
    listAlerts: listAlertsRpc(deps),
    acknowledgeAlert: acknowledgeAlertRpc(deps),
    testAlert: testAlertRpc(deps),
  };
}
