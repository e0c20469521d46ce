import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { callerOf } from '@maestro/service';
import type { AlertDeps } from './alert-deps.js';
import { alertToProto } from './alert-messages.js';

/** acknowledgeAlertRpc serves AcknowledgeAlert. */
export function acknowledgeAlertRpc({ alerts, sent }: AlertDeps): Handler<typeof AlertService.method.acknowledgeAlert> {
  return async ({ alertId }, context) => {
    const alert = await alerts.acknowledge(alertId, callerOf(context));
    if (alert === undefined)
      throw new MaestroError('ALERT_NOT_FOUND', `There is no alert ${alertId}. \`maestro alerts\` lists them.`);
    sent();
    return { alert: alertToProto(alert) };
  };
}
