import { events, FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const source = { workflow_id: 'etl', workflow_instance_id: 7, workflow_run_id: 1, step_id: 'load', step_attempt_id: 1 };
const signal = { name: 'tbl', seq_id: 3, params: { day: 5, region: 'eu' }, payload: {}, create_time: 1, source };
const firing = { firing_id: 9, workflow_id: 'x', signal_id_map: { tbl: 3 }, fire_time: 1 };

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('announces with params, text in quotes, and says when nothing changed', async () => {
  gateway.on('POST /signals', json(signal), json({ ...signal, details: { status: 'CONFLICT' } }));
  const args = ['signal', 'announce', 'tbl', '-p', 'day=5', '-p', 'code="7"', '--payload', '{"rows":1}'];
  expect((await run(args, { env })).out).toBe('announced tbl#3\n');
  expect(gateway.requests[0]?.body).toBe('{"rows":1,"name":"tbl","params":{"day":5,"code":"7"}}');
  expect((await run(args, { env })).out).toBe('tbl#3 had been announced before: nothing changed\n');
});

it('says how params and payloads are written', async () => {
  expect(await run(['signal', 'announce', 'tbl', '-p', 'day'], { env })).toMatchObject({ code: 2 });
  expect(await run(['signal', 'announce', 'tbl', '--payload', '[]'], { env })).toMatchObject({ code: 2 });
});

it('lists and searches', async () => {
  const page = { elements: [signal], total_count: 1, page_info: {} };
  gateway.on('GET /signals/tbl/instances', json(page));
  const { out } = await run(['signal', 'list', 'tbl', '-m', 'day>=5'], { env });
  expect(gateway.requests[0]?.line).toContain('match=day%3E%3D5');
  expect(out).toMatch(/^tbl#3 {2}day=5 region=eu {2}.* by etl\/7\/load\n$/);
});

it('traces a signal to whom it freed and what it started', async () => {
  const fired = [
    { ...firing, state: 'STARTED', workflow_instance_id: 4, workflow_run_id: 1 },
    { ...firing, state: 'DROPPED', detail: 'its condition is false' },
  ];
  gateway.on('GET /signals/tbl/instances/3/lineage', json({ signal, freed: [{ step: source, match_time: 1 }], fired }));
  const { out } = await run(['signal', 'trace', 'tbl#3'], { env });
  expect(out).toMatch(
    /\nfreed {4}etl\/7\/load, .*\nstarted {2}x\/4 {2}with tbl#3, .*\ndropped {2}x: its condition is false {2}with tbl#3/,
  );
});

it('traces a run to the signals that it consumed, awaits and emitted', async () => {
  const consumed = [{ step: source, dependency: { name: 'in', signal_id: 2, match_params: {} } }];
  const awaited = [{ step: source, dependency: { name: 'more', match_params: { day: { value: 5, operator: '>=' } } } }];
  gateway.on('GET /workflows/etl/instances/7/runs/1/signals', json({ consumed, awaited, emitted: [signal] }));
  const { out } = await run(['signal', 'trace', 'etl/7', '--run', '1'], { env });
  expect(out).toMatch(/^consumed in#2 by load\nawaits {3}more day>=5 in load\nemitted {2}tbl#3 /);
});

it('shows the graph, the triggers and what they fired', async () => {
  const edges = [
    { from: 'etl', signal: 'tbl', to: 'x', kind: 'TRIGGER' },
    { signal: 'in', to: 'etl', kind: 'STEP' },
  ];
  gateway.on('GET /workflows/etl/signal-graph', json({ workflow_ids: ['etl', 'x'], edges, truncated: false }));
  expect((await run(['signal', 'graph', 'etl'], { env })).out).toBe(
    'etl --tbl--> starts x\n(outside) --in--> frees steps of etl\n',
  );
  const trigger = { trigger_uuid: 'u', trigger: { definitions: { a: {}, b: {} } }, subscribe_time: 1, gathered: 2 };
  gateway.on('GET /workflows/x/signal-triggers', json([trigger]));
  expect((await run(['signal', 'triggers', 'x'], { env })).out).toMatch(/^u {2}a and b .*, holds 2 signals/);
  gateway.on('GET /workflows/x/signal-triggers/firings', json({ elements: [], total_count: 0, page_info: {} }));
  expect((await run(['signal', 'firings', 'x', '-s', 'FAILED'], { env })).out).toBe('nothing fired\n');
});

it('shows announcements as they come', async () => {
  gateway.on('GET /signals/tbl/events', events([signal], 'end', 'signal'));
  expect((await run(['signal', 'watch', 'tbl'], { env })).out).toMatch(/^tbl#3 {2}day=5 region=eu/);
});
