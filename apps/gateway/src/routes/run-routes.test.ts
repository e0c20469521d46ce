import { WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { containing } from '../testing/matchers.js';
import { instance, result, signal, step, timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const page = { nextPageToken: 'older', totalCount: 9n };
const pageJson = containing({ end_cursor: 'older', has_next_page: true, has_previous_page: false });
const run = { workflowId: 'w', workflowInstanceId: 7n };

testRoutes(gateway, [
  {
    route: 'GET /workflows/w/instances?first=2&status=failed,IN_PROGRESS',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: {
      filter: containing({
        workflowId: 'w',
        statuses: [WorkflowInstanceStatus.FAILED, WorkflowInstanceStatus.IN_PROGRESS],
      }),
    },
    json: containing({ elements: [containing({ status: 'IN_PROGRESS' })] }),
  },
  {
    route: 'GET /instances?workflow=w',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: { filter: containing({ workflowId: 'w' }), page: containing({ pageSize: 50 }) },
    json: containing({ total_count: 9n }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs?first=2',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: { filter: containing({ workflowId: 'w', workflowInstanceId: 7n }) },
    json: containing({ page_info: pageJson }),
  },
  {
    route: 'GET /workflows/w/instances/7?enriched=false',
    answers: { getInstance: async () => ({ instance }) },
    calls: 'getInstance',
    request: { run: containing({ ...run, workflowRunId: 0n }), enriched: false },
    json: containing({ workflow_instance_id: 7n, workflow_run_id: 1n }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs/latest',
    answers: { getInstance: async () => ({ instance }) },
    calls: 'getInstance',
    request: { run: containing({ ...run, workflowRunId: 0n }), enriched: true },
    json: containing({ status: 'IN_PROGRESS' }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs/2/explain',
    answers: {
      explain: async () => ({
        status: WorkflowInstanceStatus.CREATED,
        explanations: [{ kind: 2, since: 5n, message: 'waits its turn' }],
      }),
    },
    calls: 'explain',
    request: { run: containing({ ...run, workflowRunId: 2n }), stepId: '' },
    json: {
      status: 'CREATED',
      explanations: [{ kind: 'RUN_STRATEGY', since: 5n, message: 'waits its turn' }],
    },
  },
  {
    route: 'GET /workflows/w/instances/7/runs/2/steps/a/explain',
    answers: { explain: async () => ({ status: WorkflowInstanceStatus.CREATED }) },
    calls: 'explain',
    request: { stepId: 'a' },
    json: { status: 'CREATED', explanations: [] },
  },
  {
    route: 'PUT /workflows/w/instances/7/actions/stop?reason=enough',
    answers: { stopInstance: async () => ({ result }) },
    calls: 'stopInstance',
    request: { reason: 'enough', run: containing({ workflowRunId: 0n }) },
    json: containing({ workflow_instance_status: 'IN_PROGRESS', completed: false }),
  },
  {
    route: 'PUT /workflows/w/instances/7/actions/kill',
    answers: { killInstance: async () => ({ result: { ...result, completed: true } }) },
    calls: 'killInstance',
    json: containing({ completed: true, info: 'The action is done.' }),
  },
  {
    route: 'PUT /workflows/w/instances/7/actions/unblock',
    answers: { unblockWorkflow: async () => ({ timelineEvent }), getInstance: async () => ({ instance }) },
    calls: 'unblockWorkflow',
    request: { workflowInstanceId: 7n },
    json: containing({ workflow_run_id: 1n, completed: true, timeline_event: timelineEventJson }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/stop',
    answers: { stopInstance: async () => ({ result }) },
    calls: 'stopInstance',
    request: { run: containing({ workflowRunId: 1n }) },
    json: containing({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/kill',
    answers: { killInstance: async () => ({ result }) },
    calls: 'killInstance',
    json: containing({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/unblock',
    answers: { unblockWorkflow: async () => ({ timelineEvent }), getInstance: async () => ({ instance }) },
    calls: 'unblockWorkflow',
    json: containing({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/unpark',
    answers: { unparkRun: async () => ({ result }) },
    calls: 'unparkRun',
    json: containing({ workflow_run_id: 1n }),
  },
  ...['/steps', '/runs/1/steps'].map((path) => ({
    route: `GET /workflows/w/instances/7${path}`,
    answers: { listSteps: async () => ({ steps: [step] }) },
    calls: 'listSteps',
    json: [containing({ step_id: 'a', runtime_state: { status: 'RUNNING' } })],
  })),
  ...['/steps/a', '/runs/1/steps/a/attempts/latest', '/runs/1/steps/a/attempts/2'].map((path) => ({
    route: `GET /workflows/w/instances/7${path}`,
    answers: { getStep: async () => ({ step }) },
    calls: 'getStep',
    request: { stepId: 'a', attempt: path.endsWith('2') ? 2 : 0 },
    json: containing({ step_id: 'a', step_attempt_id: 1n }),
  })),
  {
    route: 'POST /signals',
    body: '{"name": "s", "params": {"n": 9007199254740993, "t": "x"}, "request_id": "r", "extra": {"a": 1}}',
    answers: { announce: async () => ({ signal, duplicate: true }) },
    calls: 'announce',
    request: { name: 's', requestId: 'r' },
    json: containing({ seq_id: 2n, details: containing({ status: 'CONFLICT' }) }),
  },
  {
    route: 'GET /signals/s/instances',
    answers: { listSignals: async () => ({ signals: [signal], page }) },
    calls: 'listSignals',
    json: containing({ page_info: pageJson }),
  },
  {
    route: 'GET /signals/s/instances/latest',
    answers: { getSignal: async () => ({ signal }) },
    calls: 'getSignal',
    request: { name: 's', seqId: 0n },
    json: { name: 's', seq_id: 2n, instance_id: 'i', params: {}, payload: {}, create_time: 5n },
  },
]);
