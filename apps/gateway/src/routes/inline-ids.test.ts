import { instance, step } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const ID_ROUTE = '/workflows/instances/inline-workflow-id?workflowId=w&instanceId=7&stepId=loop';
const text = (value: string) => ({ value: { case: 'stringValue', value } as const });
const foreach = {
  members: {
    maestro_foreach: {
      value: { case: 'objectValue', value: { members: { foreach_workflow_id: text('maestro_foreach_x') } } } as const,
    },
  },
};
const ancestor = { workflowId: 'w', instanceId: 7n, runId: 1n, stepId: 'loop', stepAttemptId: 1 };
const upstream = { kind: { case: 'foreach' as const, value: { ancestors: [ancestor], depth: 1 } } };

testRoutes(gateway, [
  {
    route: `GET ${ID_ROUTE}`,
    answers: { getStep: async () => ({ step: { ...step, artifacts: foreach } }) },
    calls: 'getStep',
    request: { run: { workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 0n }, stepId: 'loop' },
    json: { workflow_id: 'maestro_foreach_x' },
  },
  {
    route: 'GET /workflows/maestro_foreach_x/instances/3/inline-path',
    answers: { getInstance: async () => ({ instance: { ...instance, initiator: upstream } }) },
    calls: 'getInstance',
    json: [{ workflow_id: 'w', instance_id: 7n, run_id: 1n, step_id: 'loop', step_attempt_id: 1n }],
  },
]);

it('says that a step is no loop that has begun', async () => {
  gateway().serve({ getStep: async () => ({ step }) });
  const answer = await gateway().send('GET', ID_ROUTE, {});
  expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, 'INVALID_REQUEST']);
});
