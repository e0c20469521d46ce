import { MaestroError } from '@maestro/domain';
import { StartStatus } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { containing, something, textLike } from '../testing/matchers.js';
import { definition, instance, snapshot, timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const page = { nextPageToken: 'older', totalCount: 9n };
const pageJson = containing({ end_cursor: 'older', has_next_page: true, has_previous_page: false });
const workflowBody = JSON.stringify({
  properties: { owner: 'owner', run_strategy: { rule: 'PARALLEL', workflow_concurrency: 5 } },
  workflow: { id: 'w', steps: [{ step: { id: 'a', type: 'NoOp' } }] },
});
const yaml = { 'content-type': 'application/yaml' };

testRoutes(gateway, [
  {
    route: 'POST /workflows',
    body: workflowBody,
    answers: { pushWorkflow: async () => ({ definition }), checkStrategySwitch: async () => ({}) },
    calls: 'pushWorkflow',
    request: { workflow: containing({ id: 'w' }), requestId: textLike(/.+/) },
    json: { workflow_definition: containing({ is_active: true, internal_id: 10_000n }) },
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
    json: { workflow_definition: something(), request_differs: true },
  },
  {
    route: 'GET /workflows?text=x&owner=o&tag=t&active=true&first=10&cursor=c',
    answers: {
      listWorkflows: async () => ({ workflows: [{ workflowId: 'w', latestVersionId: 3n }], page }),
    },
    calls: 'listWorkflows',
    request: {
      filter: containing({ text: 'x', owner: 'o', tag: 't', active: true }),
      page: containing({ pageSize: 10, pageToken: 'c' }),
    },
    json: { elements: [{ workflow_id: 'w', latest_version_id: 3n }], page_info: pageJson, total_count: 9n },
  },
  {
    route: 'GET /workflows/w/versions/active?enriched=true',
    answers: { getWorkflow: async () => ({ definition, enrichedExtras: { nextExecutionTimes: [5n] } }) },
    calls: 'getWorkflow',
    request: { workflowId: 'w', version: 'active', enriched: true },
    json: containing({
      workflow: { id: 'w', steps: [{ step: { id: 'a', type: 'NoOp' } }] },
      enriched_extras: { step_params: {}, next_execution_time: 5n, next_execution_times: [5n] },
    }),
  },
  {
    route: 'GET /workflows/w/versions/pagination?last=5&cursor=c',
    answers: { listVersions: async () => ({ definitions: [definition], page }) },
    calls: 'listVersions',
    request: { workflowId: 'w', page: containing({ pageSize: 5, pageToken: 'c' }) },
    json: containing({ elements: [containing({ is_latest: true })] }),
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
    request: { tag: containing({ name: 'nice' }) },
    json: containing({ workflow_id: 'w' }),
  },
  {
    route: 'DELETE /workflows/w/properties/tag/not%20nice',
    answers: { deleteTag: async () => ({ snapshot }) },
    calls: 'deleteTag',
    request: { tagName: 'not nice' },
    json: containing({ workflow_id: 'w' }),
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
    json: containing({ page_info: pageJson }),
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
    json: containing({ workflow_instance_id: 7n, status: 'CREATED', timeline_event: timelineEventJson }),
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
]);

describe('details of single routes', () => {
  it('an overview joins two services', async () => {
    gateway().serve({
      getOverview: async () => ({ workflowId: 'w', latestVersionId: 3n, propertiesSnapshot: snapshot }),
      getWorkflowCounts: async () => ({
        nonterminalInstances: [{ status: WorkflowInstanceStatus.CREATED, count: 4n }],
        failedInstances: 2n,
      }),
    });
    const { json } = await gateway().send('GET', '/workflows/w/overview');
    expect(json).toMatchObject({
      latest_version_id: 3n,
      nonterminal_instances: { CREATED: 4n, IN_PROGRESS: 0n, PAUSED: 0n },
      failed_instances: 2n,
    });
  });

  it('a start by hand is started by who calls, keeps 64-bit integers exact, and invents a missing request id', async () => {
    gateway().serve({ startWorkflow: async () => ({ workflowId: 'w' }) });
    const body =
      '{"initiator": {"type": "manual", "user": "somebody else"}, "run_params": {"n": {"type": "LONG", "value": 9007199254740993}}}';
    await gateway().send('POST', '/workflows/w/versions/active/actions/start', { body });
    const request = gateway().calls[0]?.request as { initiator?: object; runParams?: object; requestId?: string };
    expect(request.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(request.initiator).toMatchObject({ kind: { value: { user: { name: 'tester' } } } });
    expect(request.runParams).toMatchObject({
      params: [{ name: 'n', param: { definition: { value: { value: { value: 9007199254740993n } } } } }],
    });
  });

  it('the idempotency key of a push becomes its request id', async () => {
    gateway().serve({ pushWorkflow: async () => ({ definition }), checkStrategySwitch: async () => ({}) });
    await gateway().send('POST', '/workflows', { body: workflowBody, headers: { 'idempotency-key': 'mine' } });
    expect(gateway().calls.map((call) => call.method)).toEqual(['checkStrategySwitch', 'pushWorkflow']);
    expect(gateway().calls[1]?.request['requestId']).toBe('mine');
  });

  it('a mistake that only the service finds is answered with its place in the text and an excerpt', async () => {
    const violations = [{ path: 'workflow.params.n', message: 'is too much', within: { line: 1, column: 3 } }];
    const refuse = async (): Promise<never> => {
      throw new MaestroError('INVALID_DEFINITION', 'one problem', { violations });
    };
    gateway().serve({ validateWorkflow: refuse });
    const body =
      'workflow:\n  id: w\n  params:\n    n: { type: LONG, expression: 1 + 1 }\n  steps: [{ step: { id: a, type: NoOp } }]\n';
    const { json } = await gateway().send('PUT', '/workflows/actions/validate/yaml', { body, headers: yaml });
    expect(json['violations']).toEqual([
      { path: 'workflow.params.n', message: 'is too much', line: 4n, column: 36n, excerpt: '1 + 1\n  ^' },
    ]);
  });

  it('a validation names every mistake of the expressions before a service is asked; a push those that are certain', async () => {
    const params = { sure: { type: 'BOOLEAN', expression: '1 + 1' } };
    const step = { id: 'a', type: 'NoOp', params: { perhaps: { type: 'LONG', expression: 'given' } } };
    const body = JSON.stringify({ workflow: { id: 'w', params, steps: [{ step }] } });
    const paths = async (method: string, path: string): Promise<unknown> => {
      const { status, json } = await gateway().send(method, path, { body });
      expect(status).toBe(400);
      return (json['violations'] as { path: string }[]).map((each) => each.path);
    };
    expect(await paths('PUT', '/workflows/actions/validate')).toEqual([
      'workflow.params.sure',
      'workflow.steps[0].step.params.perhaps',
    ]);
    expect(await paths('POST', '/workflows')).toEqual(['workflow.params.sure']);
  });

  it('the expressions of a large definition are left to the service, which has workers for them', async () => {
    gateway().serve({ validateWorkflow: async () => ({ timelineEvent }) });
    const long = { type: 'STRING', value: 'x'.repeat(25_000) };
    const params = { long, wrong: { type: 'BOOLEAN', expression: '1 + 1' } };
    const body = JSON.stringify({ workflow: { id: 'w', params, steps: [{ step: { id: 'a', type: 'NoOp' } }] } });
    const { status } = await gateway().send('PUT', '/workflows/actions/validate', { body });
    expect([status, gateway().calls.map((call) => call.method)]).toEqual([200, ['validateWorkflow']]);
  });

  it.each(['/workflows/instances/action-map', '/workflows/steps/instances/action-map'])(
    '%s is a table',
    async (path) => {
      const { status, json } = await gateway().send('GET', path, { caller: null });
      expect(status).toBe(200);
      expect(json['STOPPED']).toContain('RESTART');
    },
  );

  it('unblocking a run that is not the latest is refused', async () => {
    gateway().serve({ getInstance: async () => ({ instance: { ...instance, workflowRunId: 4n } }) });
    const { status, json } = await gateway().send('PUT', '/workflows/w/instances/7/runs/3/actions/unblock');
    expect([status, json['code']]).toEqual([400, 'NOT_LATEST_RUN']);
  });
});
