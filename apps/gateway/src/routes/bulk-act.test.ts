import { BulkAction } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const progress = { jobId: 3n, total: 2n, done: 1n, cancelled: true, finished: true };
const progressJson = {
  job_id: 3n,
  total: 2n,
  done: 1n,
  passed_over: 0n,
  failed: 0n,
  failures: [],
  finished: true,
  cancelled: true,
};

testRoutes(gateway, [
  {
    route: 'GET /bulk-jobs/3',
    answers: { getBulkJob: async () => ({ progress }) },
    calls: 'getBulkJob',
    request: { jobId: 3n },
    json: progressJson,
  },
  {
    route: 'DELETE /bulk-jobs/3',
    answers: { cancelBulkJob: async () => ({ progress }) },
    calls: 'cancelBulkJob',
    request: { jobId: 3n },
    json: progressJson,
  },
]);

const ROUTE = '/workflows/w/instances/actions';

it('answers the progress of an act on many runs as lines of JSON', async () => {
  gateway().serve({
    actOnInstances: async function* () {
      yield {
        jobId: 3n,
        total: 2n,
        done: 1n,
        failures: [{ workflowInstanceId: 7n, code: 'INVALID_STATE', message: 'no' }],
      };
      yield { jobId: 3n, total: 2n, done: 1n, failed: 1n, finished: true };
    },
  });
  const query = '?status=failed,STOPPED&step=load&step_status=RUNNING&reason=why';
  const answer = await gateway().send('PUT', `${ROUTE}/restart${query}`, {});
  expect(answer.status).toBe(200);
  const lines = answer.text.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    {
      job_id: 3,
      total: 2,
      done: 1,
      passed_over: 0,
      failed: 0,
      failures: [{ workflow_instance_id: 7, code: 'INVALID_STATE', message: 'no' }],
      finished: false,
    },
    { job_id: 3, total: 2, done: 1, passed_over: 0, failed: 1, failures: [], finished: true },
  ]);
  expect(gateway().calls.at(-1)).toMatchObject({
    method: 'actOnInstances',
    caller: 'tester',
    request: {
      workflowId: 'w',
      action: BulkAction.RESTART,
      statuses: [WorkflowInstanceStatus.FAILED, WorkflowInstanceStatus.STOPPED],
      stepId: 'load',
      stepStatuses: [StepStatus.RUNNING],
      reason: 'why',
    },
  });
});

it.each([
  ['dance', 'action'],
  ['stop?status=happy', 'status'],
  ['stop?step_status=happy', 'step_status'],
])('refuses %s', async (act, path) => {
  const answer = await gateway().send('PUT', `${ROUTE}/${act}`, {});
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(`"path":"${path}"`);
});
