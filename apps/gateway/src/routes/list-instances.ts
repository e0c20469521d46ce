import { MaestroError, WORKFLOW_INSTANCE_STATUSES, type WorkflowInstanceStatus } from '@maestro/domain';
import { instanceStatusToProto, paginationToJson, workflowInstanceToJson } from '@maestro/wire';
import { type Answer, ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';

const PAGE_SIZE = 50;

function statusOf(text: string): WorkflowInstanceStatus {
  const status = WORKFLOW_INSTANCE_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  const message = `must be one of ${WORKFLOW_INSTANCE_STATUSES.join(', ')}, not "${text}"`;
  throw new MaestroError('INVALID_REQUEST', `The query parameter status ${message}.`, {
    violations: [{ path: 'status', message }],
  });
}

interface Scope {
  readonly workflowId?: string;
  readonly workflowInstanceId?: bigint;
}

async function list(call: RestCall, { scheduler }: Services, scope: Scope, pageSize?: number): Promise<Answer> {
  const { query } = call;
  const statuses = query.list('status').map((text) => instanceStatusToProto(statusOf(text)));
  const filter = { ...scope, statuses, tenant: query.text('tenant') };
  const answer = await scheduler.listInstances({ filter, page: query.page(pageSize) }, call.options);
  return ok(() => paginationToJson(answer.instances.map(workflowInstanceToJson), answer.page));
}

/** listInstances: GET /workflows/{id}/instances, the latest run of each, newest first. */
export const listInstances: Handler = (call, services) => list(call, services, { workflowId: call.param('id') });

/** listAllInstances: GET /instances, of all workflows or of `?workflow=` (not in the original). */
export const listAllInstances: Handler = (call, services) =>
  list(call, services, { workflowId: call.query.text('workflow') }, PAGE_SIZE);

/** listRuns: GET /workflows/{id}/instances/{instance}/runs, newest first. */
export const listRuns: Handler = (call, services) =>
  list(call, services, { workflowId: call.param('id'), workflowInstanceId: call.number('instance') });
