import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

const STEP = '/views/flatten/workflows/w/instances/7/runs/latest/steps/work';
const iteration = {
  iteration_rank: '12-3344',
  leaf_step_instance_ref: { workflow_id: 'inline', workflow_instance_id: 344 },
  loop_params: { n: { evaluated_result: 3 }, t: { evaluated_result: 'x' }, loop_index: { evaluated_result: 343 } },
  step_runtime_state: { status: 'FATALLY_FAILED', create_time: 1000, end_time: 3000 },
};

describe('iterations', () => {
  it('lists where each is and what it goes over, and goes on while pages are empty', async () => {
    const empty = { elements: [], page_info: { has_next_page: true, end_cursor: 'on' } };
    const full = { elements: [iteration], page_info: { has_next_page: false } };
    gateway.on(`GET ${STEP}`, json(empty), json(full));
    const ended = await run(['iterations', 'w/7', 'work', '--status', 'fatally_failed', '--where', 'n=3'], { env });
    expect(ended.out).toContain('2.344');
    expect(ended.out).toMatch(/FATALLY_FAILED +2\.0s +n=3 t=x +inline\/344/);
    const [first, second] = gateway.requests;
    expect(second?.line).toContain('cursor=on');
    const query = new URL(first?.line.slice('GET '.length) ?? '', 'http://x').searchParams;
    expect(query.get('statuses')).toBe('FATALLY_FAILED');
    expect(JSON.parse(Buffer.from(query.get('loopParams') ?? '', 'base64').toString())).toEqual({ n: ['3'] });
  });

  it('sums up', async () => {
    const body = {
      count_by_status: { SUCCEEDED: 5 },
      representative_iteration: iteration,
      loop_param_values: { n: ['1', '2'] },
    };
    gateway.on(`GET ${STEP}/summary`, json(body));
    const { out } = await run(['iterations', 'w/7', 'work', '--summary'], { env });
    expect(out).toMatch(/SUCCEEDED +5/);
    expect(out).toContain('2.344 (inline/344)');
    expect(out).toMatch(/n +1, 2/);
  });

  it.each([
    ['--where', 'n'],
    ['--status', 'lost'],
  ])('does not understand %s %s', async (...words) => {
    expect((await run(['iterations', 'w/7', 'work', ...words], { env })).code).toBe(2);
  });
});

test('compare shows two runs side by side', async () => {
  const side = {
    workflow_id: 'w',
    workflow_instance_id: 1,
    workflow_run_id: 1,
    workflow_version_id: 2,
    status: 'SUCCEEDED',
  };
  gateway.on(
    'GET /views/compare',
    json({
      left: { ...side, duration: 1500, critical_path: ['a', 'b'] },
      right: { ...side, workflow_run_id: 2 },
      params: [{ name: 'n', left: '1' }],
      steps: [{ step_id: 'a', left: { status: 'SUCCEEDED', duration: 20 } }],
    }),
  );
  const { out, code } = await run(['compare', 'w/1/1', 'w/1'], { env });
  expect(code).toBe(0);
  expect(out).toMatch(/took +1\.5s +-/);
  expect(out).toContain('a → b');
  expect(out).toMatch(/param n +1 +-/);
  expect(out).toMatch(/step a +SUCCEEDED 20ms +-/);
  expect(gateway.requests[0]?.line).toContain('left=w%2F1%2F1&right=w%2F1%2Flatest');
});
