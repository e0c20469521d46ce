import { versionBody } from '../testing/bodies.js';
import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const restarted = {
  workflow_id: 'hello',
  workflow_version_id: 2,
  workflow_instance_id: 7,
  workflow_run_id: 2,
  workflow_uuid: 'u',
  status: 'CREATED',
};
const INSTANCE = 'POST /workflows/hello/instances/7/actions/restart';
const STEP = 'POST /workflows/hello/instances/7/steps/load/actions/restart';

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

describe('restart', () => {
  it('restarts an instance from what is incomplete', async () => {
    gateway.on(INSTANCE, json(restarted));
    const ended = await run(['restart', 'hello/7', '--request-id', 'r'], { env });
    expect(ended).toEqual({ code: 0, out: 'hello/7 restarted: run 2\nnext: maestro watch hello/7\n', err: '' });
    expect(JSON.parse(gateway.requests[0]?.body ?? '')).toEqual({
      request_id: 'r',
      restart_policy: 'RESTART_FROM_INCOMPLETE',
    });
  });

  it('sends params, skipped steps and the version that it goes on with', async () => {
    gateway.on('GET /workflows/hello/versions/latest', json(versionBody(3)));
    gateway.on(INSTANCE, json(restarted));
    const options = ['--from', 'beginning', '-p', 'limit=5', '--skip', 'load', '--to-version', 'latest'];
    await run(['restart', 'hello/7', '--request-id', 'r', ...options], { env });
    expect(JSON.parse(gateway.requests[1]?.body ?? '')).toMatchObject({
      restart_policy: 'RESTART_FROM_BEGINNING',
      run_params: { limit: { value: 5 } },
      skip_steps: ['load'],
      version: 'latest',
    });
  });

  it('restarts a step within its run and says which attempt that is', async () => {
    gateway.on(STEP, json({ ...restarted, workflow_run_id: 1, step_id: 'load', step_attempt_id: 2 }));
    const { out } = await run(['restart', 'hello/7/load', '-p', 'limit=5'], { env });
    expect(out).toContain('hello/7 runs step load again within run 1: attempt 2');
    expect(JSON.parse(gateway.requests[0]?.body ?? '')).toHaveProperty('step_run_params');
  });

  it('says when the request had restarted it before', async () => {
    gateway.on(INSTANCE, json({ ...restarted, status: 'DUPLICATED' }));
    const { out } = await run(['restart', 'hello/7', '--request-id', 'r'], { env });
    expect(out).toContain('was restarted before with this request id: run 2');
  });

  it('is not understood when a step is to be restarted and others skipped', async () => {
    const { code, err } = await run(['restart', 'hello/7/load', '--skip', 'other'], { env });
    expect([code, err]).toEqual([2, expect.stringMatching(/--skip/)]);
  });
});
