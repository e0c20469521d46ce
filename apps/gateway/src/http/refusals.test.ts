import { request as httpRequest } from 'node:http';
import { ERROR_CODES, type JsonObject, MaestroError } from '@maestro/domain';
import { anInteger, containing, textLike } from '../testing/matchers.js';
import { definition } from '../testing/messages.js';
import { type RestAnswer, type RestOptions, startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { HTTP_STATUS_OF_CODE } from './status-of-code.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.serve({}));

async function refused(method: string, path: string, options: RestOptions = {}): Promise<RestAnswer> {
  const answer = await gateway.send(method, path, options);
  // Nothing of a refused request may reach a service.
  expect(gateway.calls).toEqual([]);
  return answer;
}

const START = '/workflows/w/versions/active/actions/start';
const firstViolation = ({ json }: RestAnswer): JsonObject => (json['violations'] as JsonObject[])[0] ?? {};

describe('errors of the services', () => {
  it.each(ERROR_CODES)('%s keeps its message, violations and facts, and gets its HTTP status', async (code) => {
    const violations = [{ path: 'steps[0].id', message: 'is bad', line: 3, column: 7 }];
    gateway.serve({
      getWorkflow: () => {
        throw new MaestroError(code, 'what, where, what to do', { violations, metadata: { limit: '5' } });
      },
    });
    const { status, json } = await gateway.send('GET', '/workflows/w/versions/active');
    const expected = HTTP_STATUS_OF_CODE[code];
    expect(status).toBe(expected.http);
    expect(json).toMatchObject({ status: expected.name, retryable: expected.retryable, code });
    if (code === 'INTERNAL') return;
    expect(json).toMatchObject({
      message: 'what, where, what to do',
      errors: ['steps[0].id: is bad (line 3, column 7)'],
      violations: [{ path: 'steps[0].id', message: 'is bad', line: 3n, column: 7n }],
      metadata: { limit: '5' },
    });
  });

  it('an answer that breaks its contract is our fault (500), not that of the request', async () => {
    gateway.serve({ getInstance: async () => ({ instance: { workflowId: 'w' } }), getWorkflow: async () => ({}) });
    const withoutStatus = await gateway.send('GET', '/workflows/w/instances/1');
    expect([withoutStatus.status, withoutStatus.json['code']]).toEqual([500, 'INTERNAL']);
    expect((await gateway.send('GET', '/workflows/w/versions/active')).status).toBe(500);
  });

  it('a wait that a service asks for becomes a retry-after header', async () => {
    gateway.serve({
      getWorkflow: () => {
        throw new MaestroError('OVERLOADED', 'too much', { retryAfterMs: 1_500 });
      },
    });
    const { headers } = await gateway.send('GET', '/workflows/w/versions/active');
    expect(headers.get('retry-after')).toBe('2');
  });

  it('a refused switch of the run strategy is 412 and nothing is pushed', async () => {
    gateway.serve({
      checkStrategySwitch: () => {
        throw new MaestroError('RUN_STRATEGY_SWITCH_REFUSED', 'two are running');
      },
    });
    const body = '{"run_strategy": "first_only"}';
    const { status, json } = await gateway.send('POST', '/workflows/w/properties', { body });
    expect([status, json['status']]).toEqual([412, 'PRECONDITION_FAILED']);
    expect(gateway.calls.map((call) => call.method)).toEqual(['checkStrategySwitch']);
  });

  it('a workflow that the scheduler does not know yet may have any run strategy', async () => {
    gateway.serve({
      checkStrategySwitch: () => {
        throw new MaestroError('WORKFLOW_NOT_FOUND', 'no such workflow');
      },
      pushWorkflow: async () => ({ definition }),
    });
    const steps = '[{"step": {"id": "a", "type": "NoOp"}}]';
    const body = `{"properties": {"owner": "o", "run_strategy": "FIRST_ONLY"}, "workflow": {"id": "w", "steps": ${steps}}}`;
    expect((await gateway.send('POST', '/workflows', { body })).status).toBe(200);
  });
});

describe('requests that never reach a service', () => {
  it('acts without a caller: 400 that says which header to send', async () => {
    const { status, json } = await refused('POST', START, { caller: null, body: '{}' });
    expect([status, json['code']]).toEqual([400, 'MISSING_CALLER']);
    expect(json['message']).toContain('"user: <name>"');
  });

  it('another content type: 415 that says which one', async () => {
    const { status, json } = await refused('POST', START, { body: 'a=1', headers: { 'content-type': 'text/plain' } });
    expect([status, json['code']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(json['message']).toContain('application/json');
    const yaml = await refused('POST', '/workflows/yaml', { body: '{}' });
    expect([yaml.status, yaml.json['metadata']]).toEqual([415, containing({ given: 'application/json' })]);
  });

  it('broken JSON: 400 with line and column', async () => {
    const answer = await refused('POST', START, { body: '{\n  "initiator": }' });
    expect([answer.status, answer.json['code']]).toEqual([400, 'INVALID_REQUEST']);
    expect(firstViolation(answer)).toMatchObject({ line: 2n });
  });

  it('unknown and badly typed fields: 400 with the path of each', async () => {
    const body = '{"initiator": {"type": "manual"}, "run_param": {}, "persist_failed_run": "yes"}';
    const { status, json } = await refused('POST', START, { body });
    expect(status).toBe(400);
    const paths = (json['violations'] as JsonObject[]).map((each) => each['path']);
    expect(paths.sort()).toEqual(['persist_failed_run', 'run_param']);
  });

  it('a bad definition: 400 with path, line and column of every problem', async () => {
    const body = 'Workflow:\n  id: w\n  jobs:\n    - job:\n        id: a\n        typo: NoOp\n';
    const answer = await refused('POST', '/workflows/yaml', { body, headers: { 'content-type': 'application/yaml' } });
    expect([answer.status, answer.json['code']]).toEqual([400, 'INVALID_DEFINITION']);
    expect(firstViolation(answer)).toMatchObject({ line: anInteger(), column: anInteger() });
  });

  it('an announcement without a name or with a decimal param: 400 with the paths', async () => {
    const { json } = await refused('POST', '/signals', { body: '{"params": {"a": 1.5}}' });
    expect((json['violations'] as JsonObject[]).map((each) => each['path'])).toEqual(['name', 'params.a']);
  });

  it('a definition over its limit: 413, with some slack for the body around it', async () => {
    const body = `{"workflow": {"id": "w", "description": "${'x'.repeat(256 * 1024)}", "steps": []}}`;
    const { status, json } = await refused('POST', '/workflows', { body });
    expect([status, json['code']]).toEqual([413, 'REQUEST_TOO_LARGE']);
    expect(json['message']).toContain('262144');
  });

  it('a body over 1 MB: 413 with and without its length in the head', async () => {
    const body = JSON.stringify({ initiator: 'x'.repeat(1024 * 1024) });
    expect((await refused('POST', START, { body })).status).toBe(413);
    expect(await chunked(`${gateway.url}/api/v3${START}`, body)).toBe(413);
    expect(gateway.calls).toEqual([]);
  });

  it('an empty body and a body that is not UTF-8: 400', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await refused('POST', START, { headers })).json['message']).toBe('The body is empty.');
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    const user = { user: 'tester', ...headers };
    const response = await fetch(`${gateway.url}/api/v3${START}`, { method: 'POST', body: bytes, headers: user });
    expect(response.status).toBe(400);
  });

  it('an unknown path: 404; a known one with another method says which it has', async () => {
    const { status, json } = await refused('GET', '/nothing');
    expect([status, json['code'], json['status']]).toEqual([404, 'ROUTE_NOT_FOUND', 'NOT_FOUND']);
    const other = await refused('PUT', '/workflows');
    expect([other.status, other.json['message']]).toEqual([404, textLike(/This path has POST, GET/)]);
  });

  it.each([
    ['/workflows?onwer=x', 'onwer'],
    ['/workflows?active=maybe', 'active'],
    ['/workflows/w/instances?first=1&status=DONE', 'status'],
    ['/workflows/w/instances', 'first'],
    ['/workflows/w/instances?first=1&last=1', 'last'],
    ['/workflows/w/instances?first=0', 'first'],
    ['/workflows/w/instances?first=201', 'first'],
    ['/workflows/w/instances?last=5', 'cursor'],
    ['/workflows/w/instances/one', 'instance'],
    ['/workflows/w/instances/0', 'instance'],
    ['/workflows/w/instances/1/runs/newest', 'run'],
    ['/workflows/w/instances/1/runs/1/steps/a/attempts/-1', 'attempt'],
    ['/workflows/w/instances/1/runs/1/steps/a/attempts/1/log?offset=x', 'offset'],
    ['/workflows/w/instances/1/runs/x/events', 'run'],
  ])('GET %s: 400 that names %s', async (path, name) => {
    const answer = await refused('GET', path);
    expect([answer.status, answer.json['code']]).toEqual([400, 'INVALID_REQUEST']);
    expect(firstViolation(answer)['path']).toBe(name);
  });

  it('a path that is not percent-encoded: 400', async () => {
    expect((await refused('GET', '/workflows/%zz/overview')).status).toBe(400);
  });
});

it('a service that is away: 503, retryable', async () => {
  const lonely = await startTestGateway();
  lonely.serve({});
  await lonely.send('GET', '/workflows/w/timeline');
  await lonely.stopServices();
  const { status, json } = await lonely.send('GET', '/workflows/w/timeline');
  expect([status, json['code'], json['retryable']]).toEqual([503, 'UNAVAILABLE', true]);
  expect(json['message']).toMatch(/^The definition service cannot be reached/);
  await lonely.stop();
});

it('more requests than the bound: 429, and free again when one has ended', async () => {
  const small = await startTestGateway(1);
  let finish = (): void => undefined;
  const arrived = new Promise<void>((seen) => {
    small.serve({
      getTimeline: () => {
        seen();
        return new Promise((resolve) => (finish = () => resolve({ workflowId: 'w' })));
      },
    });
  });
  const first = small.send('GET', '/workflows/w/timeline');
  await arrived;
  const second = await small.send('GET', '/workflows/w/timeline');
  expect([second.status, second.json['code'], second.headers.get('retry-after')]).toEqual([429, 'OVERLOADED', '1']);
  finish();
  expect((await first).status).toBe(200);
  expect((await small.send('GET', '/workflows/instances/action-map')).status).toBe(200);
  await small.stop();
});

it('every answer has a request id; a good one that came in is kept', async () => {
  const kept = await gateway.send('GET', '/nothing', { headers: { 'x-request-id': 'abc-1' } });
  expect(kept.headers.get('x-request-id')).toBe('abc-1');
  const replaced = await gateway.send('GET', '/nothing', { headers: { 'x-request-id': 'a b' } });
  expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('no page of another origin may call: there are no CORS headers', async () => {
  const { status, headers } = await gateway.send('OPTIONS', '/workflows', {
    headers: { origin: 'https://evil.example' },
  });
  expect(status).toBe(404);
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

/** Sends a body without its length. */
function chunked(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { user: 'tester', 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const sent = httpRequest(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
