import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const alert = {
  id: 9,
  key: 'STEP_FAILURE/etl/7/1/load#1',
  type: 'STEP_FAILURE',
  workflow_id: 'etl',
  summary: 'step etl/7/1/load failed',
  details: [],
  state: 'OPEN',
  told: false,
  problems: ['emails[0]: no param'],
  create_time: 5,
};

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('lists alerts when nothing else is said', async () => {
  gateway.on('GET /alerts', json({ elements: [alert], total_count: 1, page_info: {} }));
  const { out } = await run(['alerts', '-w', 'etl', '-t', 'step_failure', '-s', 'open,acknowledged'], { env });
  expect(gateway.requests[0]?.line).toContain('workflow=etl&types=step_failure&states=open%2Cacknowledged');
  expect(out).toMatch(/9 +OPEN \(gathering\) {2}STEP_FAILURE .*step etl\/7\/1\/load failed; emails\[0\]: no param/);
});

it('lists those of one tenant when it is named', async () => {
  gateway.on('GET /alerts', json({ elements: [], total_count: 0, page_info: {} }));
  await run(['alerts', '--tenant', 'ads'], { env });
  expect(gateway.requests[0]?.line).toContain('tenant=ads');
});

it('acknowledges an alert', async () => {
  gateway.on('POST /alerts/9/acknowledge', json({ ...alert, state: 'ACKNOWLEDGED', acknowledged_by: 'ada' }));
  const { out } = await run(['alerts', 'ack', '9'], { env });
  expect(out).toBe('ada looks after alert 9: step etl/7/1/load failed\n');
});

it('tries the alerts of a workflow out', async () => {
  const receivers = [{ channel: 'email', target: 'a@b.c' }];
  const nobody = json({ receivers: [], problems: ['emails[0]: no param'] });
  gateway.on('POST /workflows/etl/alerts/test', json({ receivers, problems: [] }), nobody);
  expect((await run(['alerts', 'test', 'etl'], { env })).out).toBe('email      a@b.c\n');
  expect((await run(['alerts', 'test', 'etl'], { env })).out).toBe('nobody is told\nleft out: emails[0]: no param\n');
});
