import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { containing } from '../testing/matchers.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const STEP = '/views/flatten/workflows/w/instances/7/runs/1/steps/a';
const iteration = {
  workflowId: 'w',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  stepId: 'a',
  iterationRank: '12-3344',
  stepAttemptSeq: '11-11-11',
  leafStepInstanceRef: {
    workflowId: 'inline',
    workflowInstanceId: 344n,
    workflowRunId: 1n,
    stepId: 'a',
    stepAttemptId: 1,
  },
  stepRuntimeState: { status: StepStatus.RUNNING },
};
const iterationJson = {
  workflow_id: 'w',
  workflow_instance_id: 7n,
  workflow_run_id: 1n,
  step_id: 'a',
  iteration_rank: '12-3344',
  step_attempt_seq: '11-11-11',
  leaf_step_instance_ref: {
    workflow_id: 'inline',
    workflow_instance_id: 344n,
    workflow_run_id: 1n,
    step_id: 'a',
    step_attempt_id: 1n,
  },
  step_runtime_state: { status: 'RUNNING' },
};
const step = containing({ stepId: 'a', run: containing({ workflowId: 'w', workflowRunId: 1n }) });
const loopParams = Buffer.from('{"n": [9007199254740993, 1.5], "t": ["x"]}').toString('base64');

testRoutes(gateway, [
  {
    route: `GET ${STEP}?first=5&statuses=running,FATALLY_FAILED&loopParams=${encodeURIComponent(loopParams)}`,
    answers: { listIterations: async () => ({ iterations: [iteration], page: { nextPageToken: 'on' } }) },
    calls: 'listIterations',
    request: {
      step,
      statuses: [StepStatus.RUNNING, StepStatus.FATALLY_FAILED],
      loopParams: { n: containing({ values: ['9007199254740993', '1.5'] }), t: containing({ values: ['x'] }) },
      page: containing({ pageSize: 5 }),
    },
    json: { elements: [iterationJson], page_info: containing({ end_cursor: 'on', has_next_page: true }) },
  },
  {
    route: `GET ${STEP}/iterations/12-3344`,
    answers: { getIteration: async () => ({ iteration }) },
    calls: 'getIteration',
    request: { step, iterationRank: '12-3344' },
    json: iterationJson,
  },
  {
    route: `GET ${STEP}/summary?valueCount=2&representative=false`,
    answers: {
      summarizeIterations: async () => ({
        countByStatus: [{ status: StepStatus.RUNNING, count: 3n }],
        representativeIteration: iteration,
        loopParamValues: { n: { values: ['1', '2'] } },
      }),
    },
    calls: 'summarizeIterations',
    request: { step, valueCount: 2 },
    json: { count_by_status: { RUNNING: 3n }, loop_param_values: { n: ['1', '2'] } },
  },
  {
    route: 'GET /views/compare?left=w/1/1&right=w/2',
    answers: {
      compareRuns: async () => ({
        left: { workflowId: 'w', status: WorkflowInstanceStatus.SUCCEEDED, duration: 5n, criticalPath: ['a'] },
        params: [{ name: 'n', left: '1' }],
        steps: [{ stepId: 'a', rightStatus: StepStatus.RUNNING }],
      }),
    },
    calls: 'compareRuns',
    request: {
      left: containing({ workflowId: 'w', workflowInstanceId: 1n, workflowRunId: 1n }),
      right: containing({ workflowInstanceId: 2n, workflowRunId: 0n }),
    },
    json: containing({
      left: containing({ status: 'SUCCEEDED', duration: 5n, critical_path: ['a'] }),
      params: [{ name: 'n', left: '1' }],
      steps: [{ step_id: 'a', right: { status: 'RUNNING' } }],
    }),
  },
]);

test('a filter that is no base64 of JSON is refused, and a run that is not named whole', async () => {
  for (const path of [`${STEP}?loopParams=bm8=`, `${STEP}?statuses=lost`, '/views/compare?left=w&right=w/1']) {
    expect((await gateway().send('GET', path, {})).status).toBe(400);
  }
});
