import { step, then } from './testing/runs.js';
import type { RestRequest } from './testing/rest-client.js';
import { System } from './testing/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start();
  await system.runs.pushSteps('good', [step('a', 'NoOp')]);
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** What a refusal must say: HTTP status, code, and the paths of the fields. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly paths?: readonly string[];
}

const WORKFLOW_TABLES = [
  'definition.workflow',
  'definition.workflow_version',
  'scheduler.run',
  'signal.signal_instance',
];

/** How many rows there are of all that a request could have stored. */
async function stored(): Promise<Record<string, number>> {
  const counts = WORKFLOW_TABLES.map((table) => `(select count(*)::int from ${table}) as "${table}"`);
  const [row] = await system.sql<Record<string, number>>(`select ${counts.join(', ')}`);
  return row ?? {};
}

async function isRefused(method: string, path: string, request: RestRequest, refusal: Refusal): Promise<void> {
  const before = await stored();
  const { status, body } = await system.rest.ask(method, path, request);
  const violations = (body['violations'] ?? []) as { path: string }[];
  expect({ status, code: body['code'], paths: violations.map((violation) => violation.path).sort() }).toEqual({
    status: refusal.status,
    code: refusal.code,
    paths: [...(refusal.paths ?? [])].sort(),
  });
  expect(body['message']).toMatch(/\w{3}/);
  expect(await stored()).toEqual(before);
}

const wrapped = (workflow: unknown, properties: unknown = { owner: 'ada' }): unknown => ({ properties, workflow });
const steps = (...list: unknown[]): unknown => wrapped({ id: 'bad', steps: list });
const leads = (id: string, ...next: string[]): unknown => step(id, 'NoOp', then(...next));
const YAML = { 'content-type': 'application/yaml' };

const INVALID = { status: 400, code: 'INVALID_DEFINITION' };

const DEFINITIONS: readonly (readonly [string, unknown, Refusal])[] = [
  ['text that is no JSON', '{"workflow": ', { ...INVALID, paths: [''] }],
  ['a list in place of an object', '[]', { ...INVALID, paths: [''] }],
  ['no workflow', { properties: { owner: 'ada' } }, { ...INVALID, paths: ['workflow'] }],
  ['no owner', wrapped({ id: 'bad', steps: [step('a', 'NoOp')] }, {}), { ...INVALID, paths: ['properties.owner'] }],
  ['an unknown field', wrapped({ id: 'bad', stepz: [] }), { ...INVALID, paths: ['workflow.stepz', 'workflow.steps'] }],
  ['a wrong type', wrapped({ id: 7, steps: [step('a', 'NoOp')] }), { ...INVALID, paths: ['workflow.id'] }],
  ['no steps', steps(), { ...INVALID, paths: ['workflow.steps'] }],
  ['an id that is none', wrapped({ id: '7 up', steps: [step('a', 'NoOp')] }), { ...INVALID, paths: ['workflow.id'] }],
  ['a reserved id', wrapped({ id: 'maestro_x', steps: [step('a', 'NoOp')] }), { ...INVALID, paths: ['workflow.id'] }],
  ['a missing step id', steps({ step: { type: 'NoOp' } }), { ...INVALID, paths: ['workflow.steps[0].step.id'] }],
  [
    'the same step id twice',
    steps(step('a', 'NoOp'), step('a', 'NoOp')),
    { ...INVALID, paths: ['workflow.steps[1].step.id'] },
  ],
  ['an unknown step type', steps(step('a', 'Nope')), { ...INVALID, paths: ['workflow.steps[0].step.type'] }],
  [
    'a successor that does not exist',
    steps(leads('a', 'b')),
    { ...INVALID, paths: ['workflow.steps[0].step.transition.successors.b'] },
  ],
  ['a cycle', steps(leads('a', 'b'), leads('b', 'a')), { ...INVALID, paths: ['workflow.steps'] }],
  [
    'a run strategy that does not exist',
    wrapped({ id: 'bad', steps: [step('a', 'NoOp')] }, { owner: 'ada', run_strategy: 'sometimes' }),
    { ...INVALID, paths: ['properties.run_strategy'] },
  ],
  [
    'a definition over its size',
    wrapped({ id: 'bad', description: 'x'.repeat(257 * 1024), steps: [step('a', 'NoOp')] }),
    { status: 413, code: 'REQUEST_TOO_LARGE' },
  ],
];

test.each(DEFINITIONS)('a definition with %s is refused and not stored', (_, body, refusal) =>
  isRefused('POST', '/workflows', { body }, refusal),
);

test('YAML that is none is refused with line and column', async () => {
  const request = { body: 'workflow:\n  id: bad\n   steps: [', headers: YAML };
  const { status, body } = await system.rest.ask('POST', '/workflows/yaml', request);
  expect(status).toBe(400);
  expect(body['violations']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ line: expect.any(Number) as number, column: expect.any(Number) as number }),
    ]),
  );
});

test('every problem of a definition is named at once', () => {
  const body = steps({ step: { id: 'a', type: 'NoOp', typo: 1 } }, step('a', 'NoOp'), leads('c', 'nowhere'));
  const paths = ['[0].step.typo', '[1].step.id', '[2].step.transition.successors.nowhere'];
  return isRefused('POST', '/workflows', { body }, { ...INVALID, paths: paths.map((path) => `workflow.steps${path}`) });
});

const START = '/workflows/good/versions/active/actions/start';
const MANUAL = { initiator: { type: 'manual' } };

const REQUESTS: readonly (readonly [string, string, string, RestRequest, Refusal])[] = [
  [
    'a start without a caller',
    'POST',
    START,
    { body: MANUAL, anonymous: true },
    { status: 400, code: 'MISSING_CALLER' },
  ],
  [
    'a push without a caller',
    'POST',
    '/workflows',
    { body: steps(), anonymous: true },
    { status: 400, code: 'MISSING_CALLER' },
  ],
  [
    'another content type',
    'POST',
    START,
    { body: 'a=1', headers: { 'content-type': 'text/plain' } },
    { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  ],
  ['an empty body', 'POST', START, { body: '' }, { status: 400, code: 'INVALID_REQUEST' }],
  [
    'a body over 1 MB',
    'POST',
    START,
    { body: { ...MANUAL, run_params: 'x'.repeat(1024 * 1024) } },
    { status: 413, code: 'REQUEST_TOO_LARGE' },
  ],
  [
    'a start of an unknown workflow',
    'POST',
    '/workflows/nowhere/versions/active/actions/start',
    { body: MANUAL },
    { status: 404, code: 'WORKFLOW_NOT_FOUND' },
  ],
  [
    'a start of an unknown version',
    'POST',
    '/workflows/good/versions/7/actions/start',
    { body: MANUAL },
    { status: 404, code: 'VERSION_NOT_FOUND' },
  ],
  [
    'a start of a version that is no number',
    'POST',
    '/workflows/good/versions/newest/actions/start',
    { body: MANUAL },
    { status: 400, code: 'INVALID_REQUEST', paths: ['version'] },
  ],
  [
    'a start with an unknown field',
    'POST',
    START,
    { body: { ...MANUAL, run_param: {} } },
    { status: 400, code: 'INVALID_REQUEST', paths: ['run_param'] },
  ],
  [
    'a start with a request id over its length',
    'POST',
    START,
    { body: { ...MANUAL, request_id: 'x'.repeat(300) } },
    { status: 400, code: 'INVALID_REQUEST', paths: ['request_id'] },
  ],
  [
    'a param of the wrong type',
    'POST',
    START,
    { body: { ...MANUAL, run_params: { size: { type: 'LONG', value: 'many' } } } },
    { status: 400, code: 'INVALID_REQUEST', paths: ['run_params.size.value'] },
  ],
  ['an unknown instance', 'GET', '/workflows/good/instances/9', {}, { status: 404, code: 'INSTANCE_NOT_FOUND' }],
  [
    'an instance that is no number',
    'GET',
    '/workflows/good/instances/nine',
    {},
    { status: 400, code: 'INVALID_REQUEST', paths: ['instance'] },
  ],
  ['a path that does not exist', 'GET', '/workflow', {}, { status: 404, code: 'ROUTE_NOT_FOUND' }],
  [
    'a query parameter that does not exist',
    'GET',
    '/workflows?ownr=ada',
    {},
    { status: 400, code: 'INVALID_REQUEST', paths: ['ownr'] },
  ],
  ['a page that never was', 'GET', '/workflows?cursor=abc', {}, { status: 400, code: 'INVALID_PAGE_TOKEN' }],
];

test.each(REQUESTS)('%s is refused', (_, method, path, request, refusal) => isRefused(method, path, request, refusal));
