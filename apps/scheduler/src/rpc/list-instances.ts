import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import {
  SchedulerService,
  type InstanceFilter as InstanceFilterMessage,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { instanceStatusFromProto } from '@maestro/wire';
import type { ListFilter } from '../ports/run-reader.js';
import { summaryToProto } from '../queries/instance-to-proto.js';
import { listInstances } from '../usecases/list-instances.js';
import type { ReadDeps } from './read-deps.js';

/** listInstancesRpc serves ListInstances. */
export function listInstancesRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.listInstances> {
  return async (request) => {
    const filter = filterOf(request.filter);
    const list = listName(filter);
    const page = await listInstances(deps, filter, readPageAsk(request.page, list));
    return {
      instances: page.items.map(({ run, plan }) => summaryToProto(run, plan)),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}

/** Tokens are good for the list with the same filter only. */
function listName({ workflowId = '', instanceId = 0n, statuses = [], tenant = '' }: ListFilter): string {
  return JSON.stringify(['instances', workflowId, String(instanceId), [...statuses].sort(), tenant]);
}

function filterOf(message: InstanceFilterMessage | undefined): ListFilter {
  const { workflowId = '', workflowInstanceId: instanceId = 0n, statuses = [], tenant = '' } = message ?? {};
  if (instanceId < 0n || (instanceId !== 0n && workflowId === '')) {
    const violations = [{ path: 'filter.workflow_instance_id', message: 'needs workflow_id, and is 1 or more' }];
    throw new MaestroError('INVALID_REQUEST', 'An instance is numbered within its workflow.', { violations });
  }
  return {
    ...(workflowId === '' ? {} : { workflowId }),
    ...(instanceId === 0n ? {} : { instanceId }),
    ...(statuses.length === 0
      ? {}
      : { statuses: statuses.map((status, index) => instanceStatusFromProto(status, `filter.statuses[${index}]`)) }),
    ...(tenant === '' ? {} : { tenant }),
  };
}
