import { StartStatus, UpstreamRestartMode } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { RunPolicy, StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { containing } from '../testing/matchers.js';
import { instance } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const place = { workflowId: 'w', workflowVersionId: 3n, workflowInstanceId: 7n, workflowRunId: 2n };
const restarted = { ...place, workflowUuid: 'r', status: StartStatus.CREATED };
const aggregatedInfo = {
  stepAggregatedViews: { a: { workflowRunId: 1n, status: StepStatus.SUCCEEDED } },
  workflowInstanceStatus: WorkflowInstanceStatus.FAILED,
};

testRoutes(gateway, [
  {
    route: 'POST /workflows/w/instances/7/actions/restart',
    body: '{"request_id":"r","restart_policy":"RESTART_FROM_BEGINNING","run_params":{"x":{"type":"LONG","value":9}},"skip_steps":["a"],"version":"latest"}',
    headers: { 'content-type': 'application/json' },
    answers: { restartInstance: async () => ({ restarted }) },
    calls: 'restartInstance',
    request: {
      requestId: 'r',
      run: containing({ workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 0n }),
      restartPolicy: RunPolicy.RESTART_FROM_BEGINNING,
      skipSteps: ['a'],
      version: 'latest',
    },
    json: containing({ workflow_instance_id: 7n, workflow_run_id: 2n, status: 'CREATED' }),
  },
  {
    route: 'POST /workflows/w/instances/7/steps/a/actions/restart?blocking=false',
    body: '{"request_id":"r","upstream_restart_mode":"RESTART_FROM_INLINE_ROOT"}',
    headers: { 'content-type': 'application/json' },
    answers: { restartStep: async () => ({ ...place, stepId: 'a', stepAttemptId: 2, status: StartStatus.CREATED }) },
    calls: 'restartStep',
    request: { stepId: 'a', upstreamRestartMode: UpstreamRestartMode.RESTART_FROM_INLINE_ROOT },
    json: containing({ workflow_run_id: 2n, step_id: 'a', step_attempt_id: 2n, status: 'CREATED' }),
  },
  {
    route: 'GET /workflows/w/instances/7/runs/2?aggregated=true',
    answers: { getInstance: async () => ({ instance: { ...instance, aggregatedInfo } }) },
    calls: 'getInstance',
    json: containing({
      aggregated_info: {
        step_aggregated_views: { a: { workflow_run_id: 1n, status: 'SUCCEEDED' } },
        workflow_instance_status: 'FAILED',
      },
    }),
  },
]);

describe('GET .../runs/{run}', () => {
  it('shows the run by itself unless the aggregated view is asked for', async () => {
    gateway().serve({ getInstance: async () => ({ instance: { ...instance, aggregatedInfo } }) });
    const run = await gateway().send('GET', '/workflows/w/instances/7/runs/2');
    expect(run.json).not.toHaveProperty('aggregated_info');
    const latest = await gateway().send('GET', '/workflows/w/instances/7');
    expect(latest.json).toHaveProperty('aggregated_info');
  });
});

describe('a restart', () => {
  it('with a policy that is none is refused with the place', async () => {
    const body = '{"restart_policy":"RESTART_FROM_NOWHERE"}';
    const headers = { 'content-type': 'application/json' };
    const answer = await gateway().send('POST', '/workflows/w/instances/7/actions/restart', { body, headers });
    expect(answer.status).toBe(400);
    expect(
      JSON.stringify(answer.json, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    ).toContain('restart_policy');
  });
});
