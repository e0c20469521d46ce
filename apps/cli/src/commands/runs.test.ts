import { containing, matching } from '../testing/matchers.js';
import { instanceBody, stepBody, versionBody } from '../testing/bodies.js';
import { events, FakeGateway, json, refusal } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const started = {
  workflow_id: 'hello',
  workflow_version_id: 2,
  workflow_instance_id: 7,
  workflow_run_id: 1,
  workflow_uuid: 'u',
  status: 'CREATED',
};
const START = 'POST /workflows/hello/versions/active/actions/start';
const RUN = '/workflows/hello/instances/7/runs/latest';

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

describe('start', () => {
  it('starts the active version by hand, as the person at the keyboard, with a request id of its own', async () => {
    gateway.on(START, json(started));
    const ended = await run(['start', 'hello'], { env });
    expect(ended).toEqual({ code: 0, out: 'hello/7 started (version 2)\nnext: maestro watch hello/7\n', err: '' });
    const [request] = gateway.requests;
    expect(request?.headers['user']).toBe('tester');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      initiator: { type: 'manual' },
      request_id: matching(/^[0-9a-f-]{36}$/),
    });
  });

  it('sends params with the types of the definition, exactly', async () => {
    gateway.on('GET /workflows/hello/versions/3', json(versionBody(3)));
    gateway.on('POST /workflows/hello/versions/3/actions/start', json(started));
    const params = ['--param', 'limit=9007199254740993', '-p', 'day=20260501', '-p', 'x<double>=1'];
    await run(['start', 'hello@3', ...params, '--tag', 'adhoc', '--request-id', 'r'], { env });
    expect(gateway.requests[1]?.body).toBe(
      '{"initiator":{"type":"manual"},"request_id":"r","runtime_tags":["adhoc"],"run_params":{' +
        '"limit":{"value":9007199254740993,"type":"LONG"},"day":{"value":"20260501","type":"STRING"},' +
        '"x":{"value":"1","type":"DOUBLE"}}}',
    );
  });

  it('says when the request id was used before', async () => {
    gateway.on(START, json({ ...started, status: 'DUPLICATED', request_differs: true }));
    const { out } = await run(['start', 'hello', '--request-id', 'r'], { env });
    expect(out).toContain('was started before with this request id, but with other params or version');
  });

  it('tells about an unknown workflow what the server says and what to do', async () => {
    gateway.on(START, refusal(404, 'WORKFLOW_NOT_FOUND', 'There is no workflow "hello"; did you mean "hallo"?'));
    expect(await run(['start', 'hello'], { env })).toEqual({
      code: 1,
      out: '',
      err:
        'error: There is no workflow "hello"; did you mean "hallo"?\n' +
        'next: maestro list shows all workflows; maestro push <file> creates one.\n',
    });
  });

  it('--watch ends with 1 when the run fails, and says why and what to run next', async () => {
    gateway.on(START, json(started));
    const failed = stepBody('b', 'FATALLY_FAILED', 'The script ended with exit code 3:\nno space left', 2);
    gateway.on(
      'GET /workflows/hello/instances/7/runs/1/events',
      events([
        {
          instance: instanceBody('IN_PROGRESS'),
          steps: [stepBody('a', 'RUNNING'), { ...stepBody('b', 'NOT_CREATED') }],
        },
        { steps: [stepBody('a', 'SUCCEEDED'), failed] },
        { instance: instanceBody('FAILED'), steps: [] },
      ]),
    );
    const { code, out } = await run(['start', 'hello', '--watch'], { env });
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'hello/7 started (version 2)',
        '    +0ms hello/7 IN_PROGRESS',
        '   +2.0s   a RUNNING',
        '   +2.0s   a SUCCEEDED',
        '   +2.0s   b FATALLY_FAILED (attempt 2): The script ended with exit code 3: no space left',
        '   +4.0s hello/7 FAILED',
        '✖ hello/7 FAILED after 4.0s, 2 steps: 1 SUCCEEDED, 1 FATALLY_FAILED',
        '  ✖ b FATALLY_FAILED after 2 attempts',
        '      The script ended with exit code 3:',
        '      no space left',
        'next:',
        '  maestro logs hello/7/b',
        '  maestro explain hello/7',
        '  maestro get hello/7',
        '',
      ].join('\n'),
    );
  });

  it('--watch -o json prints nothing but the ended run', async () => {
    gateway.on(START, json(started));
    gateway.on(
      'GET /workflows/hello/instances/7/runs/1/events',
      events([{ instance: instanceBody('SUCCEEDED'), steps: [] }]),
    );
    gateway.on('GET /workflows/hello/instances/7/runs/1', json(instanceBody('SUCCEEDED')));
    const { code, out } = await run(['start', 'hello', '--watch', '-o', 'json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(instanceBody('SUCCEEDED'));
  });
});

describe('get', () => {
  it('shows a version', async () => {
    gateway.on('GET /workflows/hello/versions/default', json(versionBody(4)));
    expect((await run(['get', 'hello'], { env })).out).toBe(
      [
        'workflow      hello',
        'version       4 (active, latest)',
        'pushed        2026-05-01T11:57:00.000Z (3m ago) by ann',
        'owner         ann',
        'run strategy  SEQUENTIAL',
        '',
        'params',
        '  limit = 5',
        '  day = x',
        '',
        'STEP   TYPE  NEXT',
        'greet  NoOp  a if limit > 1, b',
        'a      NoOp',
        'b      NoOp',
        '',
      ].join('\n'),
    );
  });

  it('shows a run with its steps', async () => {
    const params = { limit: { type: 'LONG', value: 5, evaluated_result: 6 } };
    gateway.on(`GET ${RUN}`, json(instanceBody('FAILED', { params })));
    gateway.on(`GET ${RUN}/steps`, json([stepBody('a', 'SUCCEEDED'), stepBody('b', 'FATALLY_FAILED', 'no space')]));
    expect((await run(['get', 'hello/7'], { env })).out).toBe(
      [
        'instance  hello/7',
        'status    ✖ FAILED',
        'run       1 of version 2',
        'started   2026-05-01T11:59:55.000Z (5s ago), manual by ann',
        'took      4.0s',
        '',
        'params',
        '  limit = 6',
        '',
        'STEP  STATUS            TOOK  ATTEMPT  MESSAGE',
        'a     ✔ SUCCEEDED       1.0s  1',
        'b     ✖ FATALLY_FAILED  1.0s  1        no space',
        '',
      ].join('\n'),
    );
  });

  it('shows a step', async () => {
    gateway.on(`GET ${RUN}/steps/a/attempts/latest`, json(stepBody('a', 'SUCCEEDED', 'done')));
    const { out } = await run(['get', 'hello/7/a'], { env });
    expect(out).toContain('status   ✔ SUCCEEDED\n');
    expect(out).toContain('\ntimeline\n  2026-05-01T11:59:57.000Z  done\n');
  });

  it('prints the body of a run with every digit for -o json, and as YAML', async () => {
    gateway.on(`GET ${RUN}`, json('{"workflow_instance_id":9007199254740993}'));
    expect((await run(['get', 'hello/7', '-o', 'json'], { env })).out).toBe(
      '{\n  "workflow_instance_id": 9007199254740993\n}\n',
    );
    expect((await run(['get', 'hello/7', '-o', 'yaml'], { env })).out).toBe('workflow_instance_id: 9007199254740993\n');
  });
});

describe('list', () => {
  it('finds workflows by text', async () => {
    const summary = {
      workflow_id: 'hello',
      owner: { name: 'ann' },
      run_strategy: { rule: 'PARALLEL', workflow_concurrency: 3 },
    };
    const elements = [{ ...summary, active_version_id: 2, latest_version_id: 3, modify_time: 1777636620000 }];
    gateway.on(
      'GET /workflows',
      json({ elements, page_info: { has_next_page: true, end_cursor: 'c1' }, total_count: 9 }),
    );
    expect((await run(['list', 'hel', '--limit', '1'], { env })).out).toBe(
      [
        'WORKFLOW  ACTIVE  LATEST  RUN STRATEGY  OWNER  CHANGED',
        'hello     2       3       PARALLEL (3)  ann    3m ago',
        '1 of 9; more with --limit <count>, or --cursor c1',
        '',
      ].join('\n'),
    );
    expect(gateway.lines).toEqual(['GET /api/v3/workflows?text=hel&first=1']);
  });

  it('lists instances in some statuses', async () => {
    const page = { page_info: { has_next_page: false }, total_count: 1 };
    gateway.on('GET /workflows/hello/instances', json({ ...page, elements: [instanceBody('FAILED')] }));
    expect((await run(['list', 'hello', '-i', '--status', 'failed', '-s', 'STOPPED'], { env })).out).toBe(
      [
        'INSTANCE  RUN  VERSION  STATUS  STARTED  TOOK  STARTED BY',
        'hello/7   1    2        FAILED  5s ago   4.0s  manual by ann',
        '',
      ].join('\n'),
    );
    expect(gateway.lines).toEqual(['GET /api/v3/workflows/hello/instances?first=50&status=FAILED&status=STOPPED']);
  });

  it('shows what belongs to a tenant that is named', async () => {
    const nothing = json({ elements: [], page_info: { has_next_page: false }, total_count: 0 });
    gateway.on('GET /workflows', nothing);
    gateway.on('GET /instances', nothing);
    expect((await run(['--tenant', 'ads', 'list'], { env })).out).toContain('No workflows of tenant ads yet');
    const named = { ...env, MAESTRO_TENANT: 'ads' };
    expect((await run(['list', '-i'], { env: named })).out).toContain('No instances of tenant ads yet');
    expect(gateway.lines).toEqual([
      'GET /api/v3/workflows?tenant=ads&first=50',
      'GET /api/v3/instances?tenant=ads&first=50',
    ]);
  });

  it('refuses a status or a limit that there is not', async () => {
    expect(await run(['list', 'x', '-s', 'DONE'], { env })).toMatchObject({
      code: 2,
      err: containing('"DONE"'),
    });
    expect(await run(['list', '-n', '0'], { env })).toMatchObject({ code: 2, err: containing('1..200') });
  });
});

describe('versions, activate and deactivate', () => {
  it('list and switch versions', async () => {
    const page = { page_info: {}, total_count: 1, elements: [versionBody(4)] };
    gateway.on('GET /workflows/hello/versions/pagination', json(page));
    gateway.on(
      'PUT /workflows/hello/versions/latest/actions/activate',
      json({ workflow_id: 'hello', workflow_version_id: 4 }),
    );
    gateway.on('PUT /workflows/hello/actions/deactivate', json({ workflow_id: 'hello' }));
    expect((await run(['versions', 'hello'], { env })).out).toBe(
      'VERSION  SELECTED BY              PUSHED  AUTHOR\n4        active, latest, default  3m ago  ann\n',
    );
    expect((await run(['activate', 'hello'], { env })).out).toBe('hello version 4 is active\n');
    expect((await run(['deactivate', 'hello'], { env })).out).toContain('no active version');
  });
});

describe('stop and kill', () => {
  const ended = { workflow_id: 'hello', workflow_instance_id: 7, workflow_instance_status: 'STOPPED' };

  it('end a workflow, an instance or a run, and hand on the reason', async () => {
    gateway.on('PUT /workflows/hello/actions/stop', json({ type: 'ACTION', timestamp: 1, message: 'stopped 2' }, 202));
    gateway.on('PUT /workflows/hello/instances/7/actions/stop', json({ ...ended, completed: true }));
    gateway.on('PUT /workflows/hello/instances/7/runs/2/actions/kill', json({ ...ended, completed: false }));
    expect((await run(['stop', 'hello'], { env })).out).toBe('stopped 2\n');
    expect((await run(['stop', 'hello/7', '--reason', 'too late'], { env })).out).toBe('hello/7 STOPPED\n');
    expect((await run(['kill', 'hello/7/2'], { env })).out).toContain('is being ended');
    expect(gateway.lines[1]).toBe('PUT /api/v3/workflows/hello/instances/7/actions/stop?reason=too+late');
  });
});

describe('logs', () => {
  const LOG = 'GET /workflows/hello/instances/7/runs/1/steps/greet/attempts/2/log';
  beforeEach(() => gateway.on(`GET ${RUN}/steps/greet/attempts/latest`, json(stepBody('greet', 'RUNNING', '', 2))));

  const EVENTS = `${LOG}/events`;
  const said = (id: number, text: string): string => `id: ${id}\nevent: log\ndata: ${JSON.stringify({ text })}\n\n`;
  const ended = (data: object): string => `id: 9\nevent: end\ndata: ${JSON.stringify(data)}\n\n`;

  it('print text as it comes, also when a letter is cut in two', async () => {
    const [head, tail] = [Buffer.from('grüß').subarray(0, 3), Buffer.from('grüß').subarray(3)];
    gateway.on(LOG, (response) => {
      response.write(head);
      setImmediate(() => response.end(tail));
    });
    const options = ['--tail', '20', '--timestamps', '--stream', 'stderr'];
    expect(await run(['logs', 'hello/7/greet', ...options], { env })).toEqual({ code: 0, out: 'grüß', err: '' });
    expect(gateway.lines[1]).toContain('/log?tail=20&timestamps=true&stream=stderr');
  });

  it('--follow goes on behind the last piece when the stream breaks, up to the end', async () => {
    gateway.on(
      EVENTS,
      (response) => {
        response.write(said(1, 'first\n') + said(2, 'second\n'));
        setImmediate(() => response.destroy());
      },
      (response) =>
        response.end(`event: error\ndata: ${JSON.stringify({ code: 'UNAVAILABLE', message: 'drains' })}\n\n`),
      (response) => response.end(said(3, 'third\n') + ended({ complete: true })),
    );
    expect(await run(['logs', 'hello/7/greet', '-f'], { env })).toEqual({
      code: 0,
      out: 'first\nsecond\nthird\n',
      err: '',
    });
    expect(gateway.requests.slice(1).map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2', '2']);
  });

  it('--follow says when the executor died before it had stored all', async () => {
    gateway.on(EVENTS, (response) =>
      response.end(said(1, 'begin\n') + ended({ complete: false, status: 'PLATFORM_FAILED' })),
    );
    expect(await run(['logs', 'hello/7/greet', '-f'], { env })).toEqual({
      code: 0,
      out: 'begin\n',
      err: 'The log breaks off here: its executor was lost; the attempt ended PLATFORM_FAILED.\n',
    });
  });

  it('--follow is left with Ctrl-C', async () => {
    gateway.on(EVENTS, (response) => void response.write(said(1, 'first line\n')));
    const onOutput = (_: string, interrupt: () => void): void => interrupt();
    expect(await run(['logs', 'hello/7/greet', '-f'], { env, onOutput })).toMatchObject({
      code: 130,
      out: 'first line\n',
    });
  });

  it('say that there is none yet, and how to find out why', async () => {
    gateway.on(LOG, refusal(404, 'LOG_NOT_FOUND', 'There is no log of hello/7/greet.'));
    const { code, err } = await run(['logs', 'hello/7/greet'], { env });
    expect([code, err]).toEqual([1, expect.stringContaining('maestro explain')]);
  });
});

describe('explain', () => {
  it('says what a step waits for, since when, and what would move it', async () => {
    const explanation = {
      kind: 'WORKER',
      step_id: 'a',
      since: 1777636620000,
      message: 'waits for a free slot',
      remedy: 'Start an executor.',
    };
    gateway.on(`GET ${RUN}/steps/a/explain`, json({ status: 'IN_PROGRESS', explanations: [explanation] }));
    expect((await run(['explain', 'hello/7/a'], { env })).out).toBe(
      [
        'hello/7/a IN_PROGRESS',
        '  a waits for a free slot (WORKER)',
        '    since 2026-05-01T11:57:00.000Z (3m ago)',
        '    → Start an executor.',
        '',
      ].join('\n'),
    );
  });
});

describe('delete', () => {
  beforeEach(() => gateway.on('DELETE /workflows/hello', json({ type: 'ACTION', timestamp: 1 })));

  it('asks a person', async () => {
    expect(await run(['delete', 'hello'], { env, answer: 'n' })).toMatchObject({ code: 1, out: '' });
    expect(gateway.lines).toEqual([]);
    expect(await run(['delete', 'hello'], { env, answer: 'y' })).toMatchObject({
      code: 0,
      out: 'hello is being deleted\n',
    });
  });

  it('wants --yes where nobody can be asked', async () => {
    expect(await run(['delete', 'hello'], { env })).toMatchObject({ code: 2 });
    expect(gateway.lines).toEqual([]);
    expect(await run(['delete', 'hello', '--yes'], { env })).toMatchObject({ code: 0 });
  });
});
