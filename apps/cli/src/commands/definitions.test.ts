import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionBody } from '../testing/bodies.js';
import { FakeGateway, json, refusal } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
const yaml = join(folder, 'hello.yaml');
const second = join(folder, 'second.json');
writeFileSync(yaml, 'workflow:\n  id: hello\n  jobs:\n    - job: { id: a, type: NoOp }\n');
writeFileSync(second, '{"workflow": {"id": "second", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}');
afterAll(() => rmSync(folder, { recursive: true }));

describe('push', () => {
  const gateway = new FakeGateway();
  let env: Record<string, string>;
  beforeEach(async () => {
    env = { MAESTRO_URL: await gateway.start(), MAESTRO_USER: 'ann' };
    gateway.requests.length = 0;
  });
  afterEach(() => gateway.stop());

  it('sends the text as it is, as the caller, and says what it became', async () => {
    gateway.on('POST /workflows/yaml', json({ workflow_definition: versionBody(1) }));
    expect(await run(['push', yaml], { env })).toEqual({ code: 0, out: 'hello version 1 (new, active)\n', err: '' });
    const [request] = gateway.requests;
    expect(request?.body).toBe('workflow:\n  id: hello\n  jobs:\n    - job: { id: a, type: NoOp }\n');
    expect(request?.headers).toMatchObject({ 'content-type': 'application/yaml', user: 'ann' });
  });

  it('says what changed since the version before', async () => {
    const changed = versionBody(3, { timeout: '2h', params: { limit: { type: 'LONG', value: 6 } } });
    const other = new FakeGateway().on('POST /workflows', json({ workflow_definition: changed }));
    other.on('GET /workflows/hello/versions/2', json(versionBody(2)));
    const url = await other.start();
    const { out } = await run(['push', '-', '--url', url], { stdin: ' {"workflow": {}}' });
    expect(out).toBe(
      'hello version 3 (active)\n  ~ workflow.params.limit.value\n  - workflow.params.day\n  + workflow.timeout\n',
    );
    await other.stop();
  });

  it('prints the body of the API with every digit for -o json', async () => {
    const body = '{"workflow_definition":{"metadata":{"workflow_version_id":9007199254740993,"x":1.10}}}';
    gateway.on('POST /workflows', json(body));
    const { out } = await run(['push', second, '-o', 'json'], { env });
    expect(out.replace(/\s/g, '')).toBe(body);
  });

  it('shows what is wrong as file:line:column with the line and a caret', async () => {
    const violation = { path: 'workflow.jobs[0].job.type', message: 'unknown step type "NoOpp"', line: 4, column: 20 };
    const other = new FakeGateway().on('POST /workflows/yaml', refusal(400, 'INVALID_DEFINITION', 'bad', [violation]));
    const { code, out, err } = await run(['push', yaml, '--url', await other.start()]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      `${yaml}:4:20 workflow.jobs[0].job.type unknown step type "NoOpp"\n` +
        '    4 |     - job: { id: a, type: NoOp }\n      |                    ^\n',
    );
    await other.stop();
  });

  it('pushes none of several files when one is wrong', async () => {
    const violation = { path: 'workflow', message: 'no steps', line: 1, column: 1 };
    gateway.on('PUT /workflows/actions/validate/yaml', refusal(400, 'INVALID_DEFINITION', 'bad', [violation]));
    gateway.on('PUT /workflows/actions/validate', json({ type: 'ACTION', timestamp: 1 }));
    const { code, err } = await run(['push', yaml, second], { env });
    expect(code).toBe(1);
    expect(err).toContain('Nothing was pushed.');
    expect(gateway.lines.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  it('says which file cannot be read', async () => {
    expect(await run(['push', '/nowhere.yaml'], { env })).toMatchObject({
      code: 2,
      err: 'error: cannot read /nowhere.yaml: there is no such file\n',
    });
  });
});

describe('validate', () => {
  it('--local needs no server and names every problem', async () => {
    const { code, out, err } = await run(['validate', '--local', yaml, '-'], {
      stdin:
        'workflow:\n  id: x\n  jobs:\n    - job: { id: a, type: NoOp, transition: [b] }\n    - job: { id: a, type: 1 }\n',
    });
    expect(code).toBe(1);
    expect(out).toBe(`${yaml} is valid\n`);
    expect(err).toMatch(/^<stdin>:5:\d+ workflow\.jobs\[1\]/m);
  });

  it('shows every mistake in expressions and texts where it is written, with a caret', async () => {
    const stdin = `workflow:
  id: x
  params:
    count: { type: LONG, value: 1 }
    next: { type: LONG, expression: coutn + 1 }
    text: { type: STRING, value: "\\\\ \${nope}" }
  steps:
    - foreach:
        id: loop
        params: { loop_params: { type: MAP, value: { i: { type: LONG_ARRAY, value: [1] } } } }
        steps:
          - step: { id: job, type: NoOp, params: { sum: { type: BOOLEAN, expression: i + 1 } } }
`;
    const { code, err } = await run(['validate', '--local', '-'], { stdin });
    expect(code).toBe(1);
    const path = 'workflow.steps[0].foreach.steps[0].step.params.sum';
    expect(err.split('\n')).toEqual([
      '<stdin>:5:37 workflow.params.next unknown name coutn: it is no param of this workflow; did you mean "count"?',
      '    5 |     next: { type: LONG, expression: coutn + 1 }',
      '      |                                     ^',
      '<stdin>:6:38 workflow.params.text unknown name nope: it is no param of this workflow',
      '    6 |     text: { type: STRING, value: "\\\\ ${nope}" }',
      '      |                                      ^',
      `<stdin>:12:86 ${path} is expected to be a BOOLEAN but its expression gives a LONG`,
      '   12 |           - step: { id: job, type: NoOp, params: { sum: { type: BOOLEAN, expression: i + 1 } } }',
      '      |                                                                                      ^',
      '',
    ]);
  });

  it('asks the server otherwise', async () => {
    const gateway = new FakeGateway().on(
      'PUT /workflows/actions/validate/yaml',
      json({ type: 'ACTION', timestamp: 1 }),
    );
    const { code, out } = await run(['validate', yaml, '--url', await gateway.start()]);
    expect([code, out]).toEqual([0, `${yaml} is valid\n`]);
    await gateway.stop();
  });
});

describe('diff', () => {
  const file = join(folder, 'diff.json');
  const gateway = new FakeGateway().on('GET /workflows/hello/versions/latest', json(versionBody(4)));
  let url: string;
  beforeAll(async () => (url = await gateway.start()));
  afterAll(() => gateway.stop());

  function write(limit: number, properties?: object): void {
    const { workflow } = versionBody(4, {
      params: { limit: { type: 'long', value: limit }, day: { type: 'STRING', value: 'x' } },
    }) as { workflow: object };
    writeFileSync(file, JSON.stringify({ workflow, properties }));
  }

  it('ends with 0 when the file says the same in other words', async () => {
    write(5);
    expect(await run(['diff', file, '--url', url])).toMatchObject({
      code: 0,
      out: `${file} is the same as hello version 4\n`,
    });
  });

  it('ends with 1 and shows the lines that differ', async () => {
    write(6);
    const { code, out } = await run(['diff', file, '@latest', '--url', url]);
    expect(code).toBe(1);
    expect(out).toContain(`--- hello version 4\n+++ ${file}\n`);
    expect(out).toContain('-       value: 5\n+       value: 6\n');
    expect(out).toContain('1 added, 1 removed\n');
  });

  it('shows that a push with properties resets the run strategy it does not mention, and keeps the owner', async () => {
    write(5, { description: 'd' });
    const { out } = await run(['diff', file, '--url', url]);
    expect(out).toMatch(/^- {3}run_strategy:/m);
    expect(out).toMatch(/^\+ {3}description: d/m);
    expect(out).not.toMatch(/^[-+].*owner/m);
  });
});
