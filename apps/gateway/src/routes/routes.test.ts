import { StartStatus } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import type { FakeAnswers } from '../testing/fake-services.js';
import {
  definition,
  instance,
  result,
  signal,
  snapshot,
  step,
  timelineEvent,
  timelineEventJson,
} from '../testing/messages.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const page = { nextPageToken: 'older', totalCount: 9n };
const pageJson = expect.objectContaining({ end_cursor: 'older', has_next_page: true, has_previous_page: false });
const workflowBody = JSON.stringify({
  properties: { owner: 'owner', run_strategy: { rule: 'PARALLEL', workflow_concurrency: 5 } },
  workflow: { id: 'w', steps: [{ step: { id: 'a', type: 'NoOp' } }] },
});
const yaml = { 'content-type': 'application/yaml' };
const run = { workflowId: 'w', workflowInstanceId: 7n };

interface Row {
  readonly route: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly answers: FakeAnswers;
  /** The last call that arrived, and what its request must have. */
  readonly calls: string;
  readonly request?: object;
  readonly status?: number;
  readonly json: unknown;
}

const rows: readonly Row[] = [
  {
    route: 'POST /workflows',
    body: workflowBody,
    answers: { pushWorkflow: async () => ({ definition }), checkStrategySwitch: async () => ({}) },
    calls: 'pushWorkflow',
    request: { workflow: expect.objectContaining({ id: 'w' }), requestId: expect.stringMatching(/.+/) },
    json: { workflow_definition: expect.objectContaining({ is_active: true, internal_id: 10_000n }) },
  },
  {
    route: 'POST /workflows/yaml',
    body: 'Workflow:\n  id: w\n  jobs:\n    - job:\n        id: a\n        type: NoOp\n',
    headers: yaml,
    answers: {
      pushWorkflow: async () => ({ definition, requestDiffers: true }),
      checkStrategySwitch: async () => ({}),
    },
    calls: 'pushWorkflow',
    json: { workflow_definition: expect.anything(), request_differs: true },
  },
  {
    route: 'GET /workflows?text=x&owner=o&tag=t&active=true&first=10&cursor=c',
    answers: {
      listWorkflows: async () => ({ workflows: [{ workflowId: 'w', latestVersionId: 3n }], page }),
    },
    calls: 'listWorkflows',
    request: {
      filter: expect.objectContaining({ text: 'x', owner: 'o', tag: 't', active: true }),
      page: expect.objectContaining({ pageSize: 10, pageToken: 'c' }),
    },
    json: { elements: [{ workflow_id: 'w', latest_version_id: 3n }], page_info: pageJson, total_count: 9n },
  },
  {
    route: 'GET /workflows/w/versions/active?enriched=true',
    answers: { getWorkflow: async () => ({ definition, enrichedExtras: { nextExecutionTimes: [5n] } }) },
    calls: 'getWorkflow',
    request: { workflowId: 'w', version: 'active', enriched: true },
    json: expect.objectContaining({
      workflow: { id: 'w', steps: [{ step: { id: 'a', type: 'NoOp' } }] },
      enriched_extras: { step_params: {}, next_execution_time: 5n, next_execution_times: [5n] },
    }),
  },
  {
    route: 'GET /workflows/w/versions/pagination?last=5&cursor=c',
    answers: { listVersions: async () => ({ definitions: [definition], page }) },
    calls: 'listVersions',
    request: { workflowId: 'w', page: expect.objectContaining({ pageSize: 5, pageToken: 'c' }) },
    json: expect.objectContaining({ elements: [expect.objectContaining({ is_latest: true })] }),
  },
  {
    route: 'POST /workflows/w/properties',
    body: '{"run_strategy": "last_only", "reset_step_concurrency": true}',
    answers: { updateProperties: async () => ({ snapshot }), checkStrategySwitch: async () => ({}) },
    calls: 'updateProperties',
    request: { workflowId: 'w', resetStepConcurrency: true },
    json: { workflow_id: 'w', create_time: 1n, author: 'tester', owner: 'owner' },
  },
  {
    route: 'POST /workflows/w/properties/tag',
    body: '"nice"',
    answers: { upsertTag: async () => ({ snapshot }) },
    calls: 'upsertTag',
    request: { tag: expect.objectContaining({ name: 'nice' }) },
    json: expect.objectContaining({ workflow_id: 'w' }),
  },
  {
    route: 'DELETE /workflows/w/properties/tag/not%20nice',
    answers: { deleteTag: async () => ({ snapshot }) },
    calls: 'deleteTag',
    request: { tagName: 'not nice' },
    json: expect.objectContaining({ workflow_id: 'w' }),
  },
  {
    route: 'GET /workflows/w/properties-snapshot/latest',
    answers: { getOverview: async () => ({ workflowId: 'w', propertiesSnapshot: snapshot }) },
    calls: 'getOverview',
    json: { workflow_id: 'w', create_time: 1n, author: 'tester', owner: 'owner' },
  },
  {
    route: 'GET /workflows/w/properties-history',
    answers: { listPropertiesHistory: async () => ({ snapshots: [snapshot], page }) },
    calls: 'listPropertiesHistory',
    json: expect.objectContaining({ page_info: pageJson }),
  },
  {
    route: 'DELETE /workflows/w',
    answers: { deleteWorkflow: async () => ({ timelineEvent }) },
    calls: 'deleteWorkflow',
    request: { workflowId: 'w' },
    json: timelineEventJson,
  },
  {
    route: 'GET /workflows/w/timeline',
    answers: {
      getTimeline: async () => ({
        workflowId: 'w',
        timelineEvents: [{ author: { name: 'tester' }, log: 'pushed', timestamp: 5n }],
      }),
    },
    calls: 'getTimeline',
    json: { workflow_id: 'w', timeline_events: [{ author: 'tester', log: 'pushed', timestamp: 5n }] },
  },
  {
    route: 'POST /workflows/w/versions/active/actions/start',
    body: '{"initiator": {"type": "manual"}, "request_id": "r", "run_params": {"n": {"type": "LONG", "value": 9007199254740993}}}',
    answers: {
      startWorkflow: async () => ({
        workflowId: 'w',
        workflowInstanceId: 7n,
        status: StartStatus.CREATED,
        timelineEvent,
      }),
    },
    calls: 'startWorkflow',
    request: { workflowId: 'w', version: 'active', requestId: 'r' },
    json: expect.objectContaining({ workflow_instance_id: 7n, status: 'CREATED', timeline_event: timelineEventJson }),
  },
  {
    route: 'PUT /workflows/actions/validate',
    body: workflowBody,
    answers: { validateWorkflow: async () => ({ timelineEvent }) },
    calls: 'validateWorkflow',
    json: timelineEventJson,
  },
  {
    route: 'PUT /workflows/actions/validate/yaml',
    body: workflowBody,
    headers: yaml,
    answers: { validateWorkflow: async () => ({ timelineEvent }) },
    calls: 'validateWorkflow',
    json: timelineEventJson,
  },
  {
    route: 'PUT /workflows/w/versions/3/actions/activate',
    answers: { activateWorkflow: async () => ({ workflowId: 'w', workflowVersionId: 3n, timelineEvent }) },
    calls: 'activateWorkflow',
    request: { version: '3' },
    json: { workflow_id: 'w', workflow_version_id: 3n, timeline_event: timelineEventJson },
  },
  {
    route: 'PUT /workflows/w/actions/deactivate',
    answers: { deactivateWorkflow: async () => ({ workflowId: 'w', workflowVersionId: 3n, timelineEvent }) },
    calls: 'deactivateWorkflow',
    json: { workflow_id: 'w', workflow_version_id: 3n, timeline_event: timelineEventJson },
  },
  {
    route: 'PUT /workflows/w/actions/stop?reason=enough',
    answers: { stopWorkflow: async () => ({ timelineEvent }) },
    calls: 'stopWorkflow',
    request: { reason: 'enough' },
    status: 202,
    json: timelineEventJson,
  },
  {
    route: 'PUT /workflows/w/actions/kill',
    answers: { killWorkflow: async () => ({ timelineEvent }) },
    calls: 'killWorkflow',
    status: 202,
    json: timelineEventJson,
  },
  {
    route: 'PUT /workflows/w/actions/unblock',
    answers: { unblockWorkflow: async () => ({ timelineEvent }) },
    calls: 'unblockWorkflow',
    request: { workflowInstanceId: 0n },
    json: timelineEventJson,
  },
  {
    route: 'GET /workflows/w/instances?first=2&status=failed,IN_PROGRESS',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: {
      filter: expect.objectContaining({
        workflowId: 'w',
        statuses: [WorkflowInstanceStatus.FAILED, WorkflowInstanceStatus.IN_PROGRESS],
      }),
    },
    json: expect.objectContaining({ elements: [expect.objectContaining({ status: 'IN_PROGRESS' })] }),
  },
  {
    route: 'GET /instances?workflow=w',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: { filter: expect.objectContaining({ workflowId: 'w' }), page: expect.objectContaining({ pageSize: 50 }) },
    json: expect.objectContaining({ total_count: 9n }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs?first=2',
    answers: { listInstances: async () => ({ instances: [instance], page }) },
    calls: 'listInstances',
    request: { filter: expect.objectContaining({ workflowId: 'w', workflowInstanceId: 7n }) },
    json: expect.objectContaining({ page_info: pageJson }),
  },
  {
    route: 'GET /workflows/w/instances/7?enriched=true',
    answers: { getInstance: async () => ({ instance }) },
    calls: 'getInstance',
    request: { run: expect.objectContaining({ ...run, workflowRunId: 0n }) },
    json: expect.objectContaining({ workflow_instance_id: 7n, workflow_run_id: 1n }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs/latest',
    answers: { getInstance: async () => ({ instance }) },
    calls: 'getInstance',
    request: { run: expect.objectContaining({ ...run, workflowRunId: 0n }) },
    json: expect.objectContaining({ status: 'IN_PROGRESS' }),
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
    request: { run: expect.objectContaining({ ...run, workflowRunId: 2n }), stepId: '' },
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
    request: { reason: 'enough', run: expect.objectContaining({ workflowRunId: 0n }) },
    json: expect.objectContaining({ workflow_instance_status: 'IN_PROGRESS', completed: false }),
  },
  {
    route: 'PUT /workflows/w/instances/7/actions/kill',
    answers: { killInstance: async () => ({ result: { ...result, completed: true } }) },
    calls: 'killInstance',
    json: expect.objectContaining({ completed: true, info: 'The action is done.' }),
  },
  {
    route: 'PUT /workflows/w/instances/7/actions/unblock',
    answers: { unblockWorkflow: async () => ({ timelineEvent }), getInstance: async () => ({ instance }) },
    calls: 'unblockWorkflow',
    request: { workflowInstanceId: 7n },
    json: expect.objectContaining({ workflow_run_id: 1n, completed: true, timeline_event: timelineEventJson }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/stop',
    answers: { stopInstance: async () => ({ result }) },
    calls: 'stopInstance',
    request: { run: expect.objectContaining({ workflowRunId: 1n }) },
    json: expect.objectContaining({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/kill',
    answers: { killInstance: async () => ({ result }) },
    calls: 'killInstance',
    json: expect.objectContaining({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/unblock',
    answers: { unblockWorkflow: async () => ({ timelineEvent }), getInstance: async () => ({ instance }) },
    calls: 'unblockWorkflow',
    json: expect.objectContaining({ workflow_run_id: 1n }),
  },
  {
    route: 'PUT /workflows/w/instances/7/runs/1/actions/unpark',
    answers: { unparkRun: async () => ({ result }) },
    calls: 'unparkRun',
    json: expect.objectContaining({ workflow_run_id: 1n }),
  },
  ...['/steps', '/runs/1/steps'].map((path) => ({
    route: `GET /workflows/w/instances/7${path}`,
    answers: { listSteps: async () => ({ steps: [step] }) },
    calls: 'listSteps',
    json: [expect.objectContaining({ step_id: 'a', runtime_state: { status: 'RUNNING' } })],
  })),
  ...['/steps/a', '/runs/1/steps/a/attempts/latest', '/runs/1/steps/a/attempts/2'].map((path) => ({
    route: `GET /workflows/w/instances/7${path}`,
    answers: { getStep: async () => ({ step }) },
    calls: 'getStep',
    request: { stepId: 'a', attempt: path.endsWith('2') ? 2 : 0 },
    json: expect.objectContaining({ step_id: 'a', step_attempt_id: 1n }),
  })),
  {
    route: 'POST /signals',
    body: '{"name": "s", "params": {"n": 9007199254740993, "t": "x"}, "request_id": "r", "extra": {"a": 1}}',
    answers: { announce: async () => ({ signal, duplicate: true }) },
    calls: 'announce',
    request: { name: 's', requestId: 'r' },
    json: expect.objectContaining({ seq_id: 2n, details: expect.objectContaining({ status: 'CONFLICT' }) }),
  },
  {
    route: 'GET /signals/s/instances',
    answers: { listSignals: async () => ({ signals: [signal], page }) },
    calls: 'listSignals',
    json: expect.objectContaining({ page_info: pageJson }),
  },
  {
    route: 'GET /signals/s/instances/latest',
    answers: { getSignal: async () => ({ signal }) },
    calls: 'getSignal',
    request: { name: 's', seqId: 0n },
    json: { name: 's', seq_id: 2n, instance_id: 'i', params: {}, payload: {}, create_time: 5n },
  },
];

describe.each(rows)('$route', ({ route, body, headers = {}, answers, calls, request = {}, status = 200, json }) => {
  it('passes the request on in the name of its caller and answers in the JSON of the original', async () => {
    gateway.serve(answers);
    const [method = '', path = ''] = route.split(' ');
    const answer = await gateway.send(method, path, { headers, ...(body === undefined ? {} : { body }) });
    expect(answer.json).toEqual(json);
    expect(answer.status).toBe(status);
    const last = gateway.calls.at(-1);
    expect(last?.method).toBe(calls);
    expect(last?.caller).toBe('tester');
    expect(last?.request).toMatchObject(request);
  });
});

describe('details of single routes', () => {
  it('an overview joins two services', async () => {
    gateway.serve({
      getOverview: async () => ({ workflowId: 'w', latestVersionId: 3n, propertiesSnapshot: snapshot }),
      getWorkflowCounts: async () => ({
        nonterminalInstances: [{ status: WorkflowInstanceStatus.CREATED, count: 4n }],
        failedInstances: 2n,
      }),
    });
    const { json } = await gateway.send('GET', '/workflows/w/overview');
    expect(json).toMatchObject({
      latest_version_id: 3n,
      nonterminal_instances: { CREATED: 4n, IN_PROGRESS: 0n, PAUSED: 0n },
      failed_instances: 2n,
    });
  });

  it('a start by hand is started by who calls, keeps 64-bit integers exact, and invents a missing request id', async () => {
    gateway.serve({ startWorkflow: async () => ({ workflowId: 'w' }) });
    const body =
      '{"initiator": {"type": "manual", "user": "somebody else"}, "run_params": {"n": {"type": "LONG", "value": 9007199254740993}}}';
    await gateway.send('POST', '/workflows/w/versions/active/actions/start', { body });
    const request = gateway.calls[0]?.request as { initiator?: object; runParams?: object; requestId?: string };
    expect(request.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(request.initiator).toMatchObject({ kind: { value: { user: { name: 'tester' } } } });
    expect(request.runParams).toMatchObject({
      params: [{ name: 'n', param: { definition: { value: { value: { value: 9007199254740993n } } } } }],
    });
  });

  it('the idempotency key of a push becomes its request id', async () => {
    gateway.serve({ pushWorkflow: async () => ({ definition }), checkStrategySwitch: async () => ({}) });
    await gateway.send('POST', '/workflows', { body: workflowBody, headers: { 'idempotency-key': 'mine' } });
    expect(gateway.calls.map((call) => call.method)).toEqual(['checkStrategySwitch', 'pushWorkflow']);
    expect(gateway.calls[1]?.request['requestId']).toBe('mine');
  });

  it.each(['/workflows/instances/action-map', '/workflows/steps/instances/action-map'])(
    '%s is a table',
    async (path) => {
      const { status, json } = await gateway.send('GET', path, { caller: null });
      expect(status).toBe(200);
      expect(json['STOPPED']).toContain('RESTART');
    },
  );

  it('unblocking a run that is not the latest is refused', async () => {
    gateway.serve({ getInstance: async () => ({ instance: { ...instance, workflowRunId: 4n } }) });
    const { status, json } = await gateway.send('PUT', '/workflows/w/instances/7/runs/3/actions/unblock');
    expect([status, json['code']]).toEqual([400, 'NOT_LATEST_RUN']);
  });
});
