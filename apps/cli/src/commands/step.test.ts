import { FakeGateway, json, refusal } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const PATH = '/workflows/hello/instances/7/steps/load/actions';
const answer = {
  workflow_id: 'hello',
  workflow_instance_id: 7,
  workflow_run_id: 1,
  step_id: 'load',
  step_attempt_id: 1,
  step_runtime_state: { status: 'SKIPPED' },
  completed: true,
  info: 'Attempt 1 is SKIPPED.',
};

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('skips a step and says what has become of it', async () => {
  gateway.on(`PUT ${PATH}/skip`, json(answer));
  expect(await run(['step', 'skip', 'hello/7/load', '--reason', 'late'], { env })).toEqual({
    code: 0,
    out: 'hello/7/load SKIPPED\n',
    err: '',
  });
  expect(gateway.lines).toEqual([`PUT /api/v3${PATH}/skip?reason=late`]);
});

it('says why it is not done yet', async () => {
  const state = { step_runtime_state: { status: 'RUNNING' }, completed: false, info: 'It is being stopped.' };
  gateway.on(`PUT ${PATH}/stop`, json({ ...answer, ...state }));
  const { out } = await run(['step', 'stop', 'hello/7/load', '--no-wait'], { env });
  expect(out).toBe('hello/7/load RUNNING\n  It is being stopped.\n');
  expect(gateway.lines).toEqual([`PUT /api/v3${PATH}/stop?blocking=false`]);
});

it('tells what the server refuses, and what a step is called', async () => {
  gateway.on(`PUT ${PATH}/kill`, refusal(409, 'INVALID_STATE', 'Step load of hello/7 is SUCCEEDED.'));
  const refused = await run(['step', 'kill', 'hello/7/load'], { env });
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Step load of hello/7 is SUCCEEDED.')]);
  expect(await run(['step', 'kill', 'hello/7'], { env })).toMatchObject({ code: 2 });
});
