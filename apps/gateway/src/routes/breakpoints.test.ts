import { containing } from '../testing/matchers.js';
import { result, timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes, type RouteCase } from '../testing/route-cases.js';

const gateway = testGateway();
const PATH = '/workflows/steps/breakpoints';
const place = { workflowId: 'w', stepId: 'each/load' };
const stored = { ...place, workflowInstanceId: 7n, createTime: 5n, createdBy: 'ann' };
const storedJson = {
  workflow_id: 'w',
  step_id: 'each/load',
  workflow_instance_id: 7n,
  create_time: 5n,
  created_by: 'ann',
};
const paused = {
  workflowId: 'w',
  workflowVersionId: 3n,
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  stepId: 'load',
  stepAttemptId: 2,
  pauseTime: 9n,
};

testRoutes(gateway, [
  {
    route: `POST ${PATH}`,
    body: '{"workflow_id":"w","step_id":"each/load","workflow_instance_id":7}',
    answers: { setBreakpoint: async () => ({ breakpoint: stored }) },
    calls: 'setBreakpoint',
    request: { breakpoint: containing({ ...place, workflowInstanceId: 7n, workflowRunId: 0n }) },
    json: storedJson,
  },
  {
    route: `GET ${PATH}?workflowId=w`,
    answers: { listBreakpoints: async () => ({ breakpoints: [stored] }) },
    calls: 'listBreakpoints',
    request: { workflowId: 'w', stepId: '' },
    json: [storedJson],
  },
  {
    route: `DELETE ${PATH}?workflowId=w&stepId=each/load&instance=7`,
    answers: { deleteBreakpoint: async () => ({ deleted: true, resumed: 2n, timelineEvent }) },
    calls: 'deleteBreakpoint',
    request: { breakpoint: containing({ ...place, workflowInstanceId: 7n }), resume: true },
    json: { workflow_id: 'w', step_id: 'each/load', timeline_event: timelineEventJson },
  },
  {
    route: `GET ${PATH}/paused-step-attempts?workflowId=w&stepId=load`,
    answers: { listPausedSteps: async () => ({ steps: [paused] }) },
    calls: 'listPausedSteps',
    request: { workflowId: 'w', stepId: 'load' },
    json: [
      {
        workflow_id: 'w',
        workflow_version_id: 3n,
        workflow_instance_id: 7n,
        workflow_run_id: 1n,
        step_id: 'load',
        step_attempt_id: 2n,
        pause_time: 9n,
      },
    ],
  },
  {
    route: `PUT ${PATH}/w/instances/7/runs/1/steps/load/attempts/2/actions/resume`,
    answers: { resumeStep: async () => ({ result: { ...paused, completed: true, info: 'done' } }) },
    calls: 'resumeStep',
    request: { act: containing({ step: containing({ stepId: 'load', stepAttemptId: 2 }) }) },
    json: containing({ step_id: 'load', completed: true }),
  },
  ...(['pause', 'resume'] as const).flatMap((act): RouteCase[] => [
    {
      route: `PUT /workflows/w/instances/7/runs/2/actions/${act}?reason=why`,
      answers: { [`${act}Instance`]: async () => ({ result }) },
      calls: `${act}Instance`,
      request: { run: containing({ workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 2n }), reason: 'why' },
      json: containing({ workflow_id: 'w' }),
    },
    {
      route: `PUT /workflows/w/actions/${act}`,
      answers: { [`${act}Workflow`]: async () => ({ timelineEvent }) },
      calls: `${act}Workflow`,
      request: { workflowId: 'w' },
      json: timelineEventJson,
    },
  ]),
]);

it.each([
  ['{"step_id":"a"}', 'workflow_id must be a text'],
  ['{"workflow_id":"w","step_id":"a","workflow_run_id":"x"}', 'workflow_run_id must be a positive whole number'],
  ['{"workflow_id":"w","step_id":"a","step_attempt_id":1}', 'step_attempt_id is not a part of a breakpoint'],
  ['[]', 'must be an object'],
])('refuses the breakpoint %s', async (body, message) => {
  const answer = await gateway().send('POST', PATH, { body });
  expect(answer.status).toBe(400);
  expect((answer.json as { message: string }).message).toContain(message);
});
