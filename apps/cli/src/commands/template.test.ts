import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const template = {
  metadata: { owner: 'ada', status: 'stable', support: 'ada' },
  definition: { job_type: 'shell', step_type: 'Shell', version: 'v1', description: 'Scripts' },
};

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('pushes the text of a template as it is', async () => {
  gateway.on('POST /job-templates/yaml', json(template));
  const pushed = await run(['template', 'push', '-'], { env, stdin: 'owner: ada\n' });
  expect(pushed.out).toBe('shell version v1\n');
  expect(gateway.requests[0]?.body).toBe('owner: ada\n');
});

it('shows and deletes a version', async () => {
  gateway.on('GET /job-templates/shell', json(template));
  gateway.on('DELETE /job-templates/shell', json({ type: 'ACTION', timestamp: 1, message: 'Deleted.' }));
  expect((await run(['template', 'get', 'shell@v1'], { env })).out).toContain('job_type: shell');
  expect((await run(['template', 'delete', 'shell@v1'], { env })).out).toBe('Deleted.\n');
  expect(gateway.lines.every((line) => line.endsWith('?version=v1'))).toBe(true);
});

it('lists all versions, of the tenant that is named', async () => {
  gateway.on('GET /job-templates', json([template]));
  const listed = await run(['--tenant', 'team', 'template', 'list'], { env });
  expect(listed.out).toBe(
    'TYPE   VERSION  STEP TYPE  STATUS  DESCRIPTION\nshell  v1       Shell      stable  Scripts\n',
  );
  expect(gateway.requests[0]?.headers['tenant']).toBe('team');
});
