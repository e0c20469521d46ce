import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { AlertService } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { callerOf } from '@maestro/service';
import { ALERT_TYPE_TABLE } from '@maestro/wire';
import { testAlert } from '../usecases/alerts/test-alert.js';
import type { AlertDeps } from './alert-deps.js';

/** testAlertRpc serves TestAlert. */
export function testAlertRpc(deps: AlertDeps): Handler<typeof AlertService.method.testAlert> {
  return async ({ requestId, workflowId, type: asked }, context) => {
    if (requestId === '') {
      const message = 'is required: the same id tells nobody twice';
      throw new MaestroError('INVALID_REQUEST', `request_id ${message}.`, {
        violations: [{ path: 'request_id', message }],
      });
    }
    const type = ALERT_TYPE_TABLE.fromProtoOptional(asked, 'type') ?? 'STEP_FAILURE';
    const { messages, problems } = await testAlert({ requestId, workflowId, type, by: callerOf(context) }, deps);
    return { receivers: messages.map(({ channel, target }) => ({ channel, target })), problems: [...problems] };
  };
}
