import { StepStatus } from '@maestro/proto/maestro/types/v1/instance';
import { containing } from '../testing/matchers.js';
import { timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes, type RouteCase } from '../testing/route-cases.js';

const gateway = testGateway();
const step = { run: containing({ workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 0n }), stepId: 'load' };
const of = { workflowId: 'w', workflowInstanceId: 7n, workflowRunId: 1n, stepId: 'load', stepAttemptId: 2 };
const state = { status: StepStatus.SKIPPED, endTime: 9n };
const done = { ...of, stepRuntimeState: state, completed: true, info: 'Attempt 2 is SKIPPED.', timelineEvent };
const doneJson = {
  workflow_id: 'w',
  workflow_instance_id: 7n,
  workflow_run_id: 1n,
  step_id: 'load',
  step_attempt_id: 2n,
  step_runtime_state: { status: 'SKIPPED', end_time: 9n },
  timeline_event: timelineEventJson,
  completed: true,
  info: 'Attempt 2 is SKIPPED.',
};
const STEP = '/workflows/w/instances/7/steps/load/actions';

testRoutes(gateway, [
  {
    route: `PUT ${STEP}/skip?reason=late`,
    answers: { skipStep: async () => ({ result: done }) },
    calls: 'skipStep',
    request: { act: containing({ step: containing(step), reason: 'late', noWait: false }) },
    json: doneJson,
  },
  ...(['stop', 'kill', 'bypass'] as const).map((act): RouteCase => {
    const method = ({ stop: 'stopStep', kill: 'killStep', bypass: 'bypassStepDependencies' } as const)[act];
    return {
      route: `PUT ${STEP}/${act}?blocking=false`,
      answers: { [method]: async () => ({ result: { ...done, completed: false } }) },
      calls: method,
      request: { act: containing({ step: containing(step), noWait: true }) },
      status: 202,
      json: { ...doneJson, completed: false },
    };
  }),
]);
