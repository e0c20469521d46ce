import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const PATH = '/workflows/steps/breakpoints';
const stored = { workflow_id: 'hello', step_id: 'each/load', workflow_instance_id: 7, created_by: 'ann' };

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('sets a breakpoint of a step inside of a loop for one instance', async () => {
  gateway.on(`POST ${PATH}`, json(stored));
  const { out } = await run(['breakpoint', 'set', 'hello/each/load', '--instance', '7'], { env });
  expect(out).toBe('breakpoint set: hello/each/load, instance 7\n');
  expect(gateway.requests[0]?.body).toBe('{"workflow_id":"hello","step_id":"each/load","workflow_instance_id":7}');
});

it('lists breakpoints and what is paused at them', async () => {
  gateway.on(`GET ${PATH}`, json([stored, { workflow_id: 'hello', step_id: 'a', created_by: 'bob' }]));
  const waiting = {
    workflow_id: 'hello',
    workflow_instance_id: 7,
    workflow_run_id: 1,
    step_id: 'a',
    step_attempt_id: 2,
  };
  gateway.on(`GET ${PATH}/paused-step-attempts`, json([waiting]), json([]));
  expect((await run(['breakpoint', 'list', 'hello'], { env })).out).toBe(
    'hello/each/load, instance 7 by ann\nhello/a, all runs by bob\n',
  );
  expect((await run(['breakpoint', 'paused', 'hello'], { env })).out).toBe('hello/7/a run 1 attempt 2\n');
  expect((await run(['breakpoint', 'paused', 'hello'], { env })).out).toBe('none\n');
});

it('deletes a breakpoint and lets go on what is paused there, or not', async () => {
  const deleted = { timeline_event: { type: 'ACTION', timestamp: 1, message: 'deleted; 2 go on.' } };
  gateway.on(`DELETE ${PATH}`, json(deleted));
  expect((await run(['breakpoint', 'delete', 'hello/a'], { env })).out).toBe('deleted; 2 go on.\n');
  await run(['breakpoint', 'delete', 'hello/a', '--no-resume', '--at', '3'], { env });
  expect(gateway.lines).toEqual([
    `DELETE /api/v3${PATH}?workflowId=hello&stepId=a`,
    `DELETE /api/v3${PATH}?workflowId=hello&stepId=a&version=3&resume=false`,
  ]);
});

it('pauses and resumes a run or a workflow', async () => {
  const paused = { workflow_id: 'hello', workflow_instance_id: 7, workflow_run_id: 1, completed: true };
  gateway.on('PUT /workflows/hello/instances/7/actions/pause', json({ ...paused, workflow_instance_status: 'PAUSED' }));
  gateway.on('PUT /workflows/hello/actions/resume', json({ type: 'ACTION', timestamp: 1, message: 'It goes on.' }));
  expect((await run(['pause', 'hello/7', '--reason', 'night'], { env })).out).toBe('hello/7 PAUSED\n');
  expect((await run(['resume', 'hello'], { env })).out).toBe('It goes on.\n');
  expect(gateway.lines[0]).toBe('PUT /api/v3/workflows/hello/instances/7/actions/pause?reason=night');
});

it('says how a step is named', async () => {
  expect(await run(['breakpoint', 'set', 'hello'], { env })).toMatchObject({ code: 2 });
});
