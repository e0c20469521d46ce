import { FiringState, SignalEdgeKind } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { MatchOperator, SignalDependencyStatus } from '@maestro/proto/maestro/types/v1/signal';
import { TriggerFindingKind } from '@maestro/proto/maestro/types/v1/trigger';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const text = (value: string) => ({ value: { case: 'stringValue', value } as const });
const long = (value: bigint) => ({ value: { case: 'longValue', value } as const });
const source = {
  workflowId: 'w',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  stepId: 'a',
  stepAttemptId: 1n,
  stepInstanceId: 2n,
};
const sourceJson = {
  workflow_id: 'w',
  workflow_instance_id: 7n,
  workflow_run_id: 1n,
  step_id: 'a',
  step_attempt_id: 1n,
  step_instance_id: 2n,
};
const signal = {
  name: 'tbl',
  seqId: 3n,
  instanceId: 'r',
  params: { day: long(5n) },
  requestTime: 1n,
  createTime: 2n,
  source,
};
const signalJson = {
  name: 'tbl',
  seq_id: 3n,
  instance_id: 'r',
  params: { day: 5n },
  payload: {},
  request_time: 1n,
  create_time: 2n,
  source: sourceJson,
};
const firing = {
  firingId: 9n,
  workflowId: 'x',
  triggerUuid: 'u',
  signalIds: { tbl: 3n },
  state: FiringState.STARTED,
  workflowInstanceId: 4n,
  workflowRunId: 1n,
  fireTime: 5n,
  settleTime: 6n,
};
const firingJson = {
  firing_id: 9n,
  workflow_id: 'x',
  trigger_uuid: 'u',
  signal_id_map: { tbl: 3n },
  state: 'STARTED',
  workflow_instance_id: 4n,
  workflow_run_id: 1n,
  fire_time: 5n,
  settle_time: 6n,
};
const awaited = {
  name: 'tbl',
  matchParams: { day: { value: long(5n), operator: MatchOperator.GREATER_OR_EQUAL } },
  status: SignalDependencyStatus.PENDING,
};
const awaitedJson = { name: 'tbl', status: 'PENDING', match_params: { day: { value: 5n, operator: '>=' } } };

testRoutes(gateway, [
  {
    route: 'POST /signals',
    body: '[{"name":"tbl","params":{"day":5}},{"name":"bad name"}]',
    answers: {
      announceMany: async () => ({
        outcomes: [
          { outcome: { case: 'announced', value: { signal } } },
          { outcome: { case: 'failure', value: { code: 'INVALID_REQUEST', message: 'no' } } },
        ],
      }),
    },
    calls: 'announceMany',
    request: { announcements: [{ name: 'tbl', params: { day: long(5n) } }, { name: 'bad name' }] },
    json: [signalJson, { status: 'BAD_REQUEST', message: 'no', errors: [], retryable: false, code: 'INVALID_REQUEST' }],
  },
  {
    route: 'GET /signals?prefix=t&after=a&first=2',
    answers: { listSignalNames: async () => ({ names: [{ name: 'tbl', lastSeqId: 3n }], more: true }) },
    calls: 'listSignalNames',
    request: { prefix: 't', after: 'a', pageSize: 2 },
    json: { names: [{ name: 'tbl', last_seq_id: 3n }], more: true },
  },
  {
    route: 'GET /signals/tbl/instances?match=day%3E=5&match=region=eu&match=code=%227%22&since=10&first=5',
    answers: { listSignals: async () => ({ signals: [signal], page: { totalCount: 1n } }) },
    calls: 'listSignals',
    request: {
      name: 'tbl',
      since: 10n,
      matchParams: {
        day: { value: long(5n), operator: MatchOperator.GREATER_OR_EQUAL },
        region: { value: text('eu'), operator: MatchOperator.EQUAL },
        code: { value: text('7'), operator: MatchOperator.EQUAL },
      },
    },
    json: expect.objectContaining({ elements: [signalJson] }) as unknown,
  },
  {
    route: 'GET /signals/tbl/instances/latest/lineage',
    answers: { traceSignal: async () => ({ signal, freed: [{ step: source, matchTime: 8n }], fired: [firing] }) },
    calls: 'traceSignal',
    request: { name: 'tbl', seqId: 0n },
    json: { signal: signalJson, freed: [{ step: sourceJson, match_time: 8n }], fired: [firingJson] },
  },
  {
    route: 'GET /workflows/w/instances/7/runs/1/signals',
    answers: {
      traceRun: async () => ({
        startedBy: firing,
        awaited: [{ step: source, dependency: awaited }],
        emitted: [signal],
      }),
    },
    calls: 'traceRun',
    request: { workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 1n },
    json: {
      started_by: firingJson,
      consumed: [],
      awaited: [{ step: sourceJson, dependency: awaitedJson }],
      emitted: [signalJson],
    },
  },
  {
    route: 'GET /workflows/w/signal-triggers/u/explain',
    answers: {
      explainTriggers: async () => ({
        findings: [{ kind: TriggerFindingKind.NONE, message: 'none' }],
        triggers: [
          {
            trigger: { triggerUuid: 'u', subscribeTime: 4n },
            signals: [{ name: 'tbl', lastSeqId: 3n, lastTime: 5n, held: 1n }],
            joins: [{ values: [long(5n), text('x')], held: { tbl: 3n }, missing: ['other'], since: 5n }],
            openJoins: 1n,
            lastFiring: firing,
          },
        ],
      }),
    },
    calls: 'explainTriggers',
    request: { workflowId: 'w', triggerUuid: 'u' },
    json: {
      findings: [{ kind: 'NONE', message: 'none' }],
      triggers: [
        {
          trigger_uuid: 'u',
          subscribe_time: 4n,
          gathered: 0n,
          signals: [{ name: 'tbl', last_seq_id: 3n, last_time: 5n, held: 1n }],
          joins: [{ values: [5n, 'x'], held: { tbl: 3n }, missing: ['other'], since: 5n }],
          open_joins: 1n,
          last_firing: firingJson,
          findings: [],
        },
      ],
    },
  },
  {
    route: 'GET /workflows/w/signal-graph?depth=2',
    answers: {
      getSignalGraph: async () => ({
        workflowIds: ['w', 'x'],
        edges: [
          { from: 'w', signal: 'tbl', to: 'x', kind: SignalEdgeKind.TRIGGER },
          { signal: 'in', to: 'w', kind: SignalEdgeKind.STEP },
        ],
      }),
    },
    calls: 'getSignalGraph',
    request: { workflowId: 'w', depth: 2 },
    json: {
      workflow_ids: ['w', 'x'],
      edges: [
        { from: 'w', signal: 'tbl', to: 'x', kind: 'TRIGGER' },
        { signal: 'in', to: 'w', kind: 'STEP' },
      ],
      truncated: false,
    },
  },
  {
    route: 'GET /workflows/x/signal-triggers',
    answers: {
      listTriggers: async () => ({
        triggers: [
          {
            triggerUuid: 'u',
            trigger: { definitions: { tbl: { joinKeys: ['day'] } } },
            subscribeTime: 1n,
            gathered: 2n,
          },
        ],
      }),
    },
    calls: 'listTriggers',
    request: { workflowId: 'x' },
    json: [
      {
        trigger_uuid: 'u',
        trigger: { definitions: { tbl: { join_keys: ['day'] } } },
        subscribe_time: 1n,
        gathered: 2n,
      },
    ],
  },
  {
    route: 'GET /workflows/x/signal-triggers/firings?states=failed,started',
    answers: { listFirings: async () => ({ firings: [firing], page: { totalCount: 1n } }) },
    calls: 'listFirings',
    request: { workflowId: 'x', states: [FiringState.FAILED, FiringState.STARTED] },
    json: expect.objectContaining({ elements: [firingJson] }) as unknown,
  },
]);

it.each([
  ['/signals/tbl/instances?match=day', 'must compare like region=eu'],
  ['/workflows/x/signal-triggers/firings?states=odd', 'must be some of PENDING'],
])('refuses %s', async (path, message) => {
  const answer = await gateway().send('GET', path, {});
  expect(answer.status).toBe(400);
  expect(
    JSON.stringify(answer.json, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).toContain(message);
});

it('follows announcements as server-sent events', async () => {
  gateway().serve({
    watchSignals: async function* ({ name }) {
      yield await Promise.resolve({ signal: { ...signal, name: name === '' ? 'any' : name } });
    },
  });
  const answer = await gateway().open('/signals/tbl/events');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(await answer.text()).toMatch(/event: signal\ndata: \{.*"name":"tbl"/);
});
