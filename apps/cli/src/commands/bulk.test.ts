import { FakeGateway, json, refusal, type Reply } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const PATH = '/workflows/hello/instances/actions';
const line = (body: object): string => `${JSON.stringify({ passed_over: 0, failed: 0, failures: [], ...body })}\n`;

/** The pieces need not be the lines. */
const pieces =
  (...all: string[]): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const text = all.join('');
    response.write(text.slice(0, 20));
    response.end(text.slice(20));
  };

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('shows how far the server is, and ends with 0 when all is done', async () => {
  const finished = line({ total: 2, done: 2, finished: true });
  gateway.on(`PUT ${PATH}/stop`, pieces(line({ total: 2, done: 1, finished: false }), finished));
  const ended = await run(['bulk', 'stop', 'hello', '--status', 'IN_PROGRESS', 'PAUSED', '--reason', 'night'], { env });
  expect(ended).toEqual({
    code: 0,
    out: '2 of 2 done, 0 passed over, 0 refused\n',
    err: '1 of 2 done, 0 passed over, 0 refused\n',
  });
  expect(gateway.lines).toEqual([`PUT /api/v3${PATH}/stop?status=IN_PROGRESS&status=PAUSED&reason=night`]);
});

it('names what was refused, and ends with 1', async () => {
  const failures = [{ workflow_instance_id: 7, message: 'It has ended.' }];
  gateway.on(`PUT ${PATH}/skip`, pieces(line({ total: 1, done: 0, failed: 1, failures, finished: true })));
  const ended = await run(['bulk', 'skip', 'hello', '--step', 'load', '--step-status', 'RUNNING'], { env });
  expect([ended.code, ended.err]).toEqual([1, '7: It has ended.\n']);
});

it('ends with 1 when it broke off, or the server says why it cannot', async () => {
  gateway.on(`PUT ${PATH}/kill`, pieces(line({ job_id: 3, total: 9, done: 4, finished: false })));
  const broken = await run(['bulk', 'kill', 'hello'], { env });
  expect([broken.code, broken.out]).toEqual([
    1,
    '4 of 9 done, 0 passed over, 0 refused so far; it goes on: maestro bulk status 3\n',
  ]);
  gateway.on(`PUT ${PATH}/pause`, refusal(404, 'WORKFLOW_NOT_FOUND', 'There is no workflow "hello".'));
  expect((await run(['bulk', 'pause', 'hello'], { env })).err).toContain('There is no workflow "hello".');
});

it('shows how far a job is, and calls it off', async () => {
  const progress = { job_id: 3, total: 9, done: 4, passed_over: 0, failed: 0, failures: [] };
  gateway.on('GET /bulk-jobs/3', json({ ...progress, finished: false }));
  gateway.on('DELETE /bulk-jobs/3', json({ ...progress, finished: true, cancelled: true }));
  expect((await run(['bulk', 'status', '3'], { env })).out).toBe('4 of 9 done, 0 passed over, 0 refused so far\n');
  expect((await run(['bulk', 'cancel', '3'], { env })).out).toBe(
    '4 of 9 done, 0 passed over, 0 refused (called off)\n',
  );
});
