import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

const cron = { type: 'CRON', cron: '0 6 * * *' };

it('explains time triggers, one or all, or one time of them', async () => {
  const finding = { kind: 'PAUSED', since: 1, message: 'It is paused by ada.', remedy: 'Resume it.' };
  const body = { findings: [], triggers: [{ trigger_id: 't', trigger: cron, findings: [finding] }] };
  gateway.on('GET /workflows/w/time-triggers/explain', json(body));
  expect((await run(['triggers', 'explain', 'w'], { env })).out).toMatch(
    /^t 0 6 \* \* \* UTC\n {2}It is paused by ada\. \(PAUSED\)\n {4}since .*\n {4}→ Resume it\.\n$/,
  );
  gateway.on('GET /workflows/w/time-triggers/t/explain', json(body));
  await run(['triggers', 'explain', 'w', 't', '--time', '2026-01-01T06:00:00Z'], { env });
  expect(gateway.requests.at(-1)?.line).toContain('time=1767247200000');
});

it('says why a workflow has no triggers', async () => {
  const findings = [{ kind: 'INACTIVE', message: 'No version is active.' }];
  gateway.on('GET /workflows/w/time-triggers/explain', json({ findings, triggers: [] }));
  expect((await run(['triggers', 'explain', 'w'], { env })).out).toBe('  No version is active. (INACTIVE)\n');
});

it('explains signal triggers', async () => {
  const finding = { kind: 'SIGNAL', message: 'It misses b.' };
  const trigger = { trigger_uuid: 'u', trigger: { definitions: { a: {}, b: {} } }, findings: [finding] };
  gateway.on('GET /workflows/w/signal-triggers/u/explain', json({ findings: [], triggers: [trigger] }));
  expect((await run(['signal', 'explain', 'w', 'u'], { env })).out).toBe('u  a and b\n  It misses b. (SIGNAL)\n');
});
