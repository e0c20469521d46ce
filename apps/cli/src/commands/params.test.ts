import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionBody } from '../testing/bodies.js';
import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run, type Ended } from '../testing/run.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
const flow = join(folder, 'flow.json');
const broken = join(folder, 'broken.json');
const runParams = join(folder, 'run.yaml');
const steps = [
  { step: { id: 'first', type: 'NoOp', params: { rows: { type: 'LONG', value: 9 } } } },
  {
    step: {
      id: 'nap',
      type: 'Sleep',
      params: {
        sleep_seconds: { type: 'LONG', expression: 'limit * 2' },
        later: { type: 'LONG', expression: 'first__rows + 1' },
      },
    },
  },
];
const loopParams = { loop_params: { type: 'MAP', value: { i: { type: 'LONG_ARRAY', value: [1, 2] } } } };
const loop = { foreach: { id: 'loop', params: loopParams, steps: [{ step: { id: 'inner', type: 'NoOp' } }] } };
const params = {
  limit: { type: 'LONG', value: 9007199254740993, mode: 'MUTABLE_ON_START' },
  greeting: { type: 'STRING', value: 'hello ${person}' },
  person: { type: 'STRING', value: 'Ada' },
  fixed: { type: 'STRING', value: 'x', mode: 'CONSTANT' },
};
const bodyOf = (more: object): string =>
  JSON.stringify({
    properties: { owner: 'ann' },
    workflow: { id: 'flow', params: { ...params, ...more }, steps: [...steps, loop] },
  })
    // JSON.stringify would have rounded it before.
    .replace('9007199254740992', '9007199254740993');
writeFileSync(flow, bodyOf({}));
writeFileSync(
  broken,
  bodyOf({
    wrong: { type: 'LONG', expression: '1 +\n 2 / 0' },
    depends: { type: 'LONG', expression: 'wrong + 1' },
    typo: { type: 'STRING', expression: 'persn' },
  }),
);
writeFileSync(runParams, 'person: Grace\n');
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows by the name of the param, with single blanks. */
function rowsOf({ out }: Ended): Record<string, string> {
  const lines = out.trimEnd().split('\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => line.split(/ {2,}/)).map(([name = '', ...cells]) => [name, cells.join(' | ')]),
  );
}

describe('params', () => {
  it('shows values, modes, sources and the layers that touched them', async () => {
    const ended = await run(['params', '--file', flow, '--run-params', runParams, 'limit=7', 'extra=1']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(rowsOf(ended)).toMatchObject({
      limit: 'LONG | 7 | MUTABLE_ON_START | LAUNCH | definition -> run',
      greeting: 'STRING | "hello Grace" | MUTABLE | DEFINITION | definition',
      person: 'STRING | "Grace" | MUTABLE | LAUNCH | definition -> run',
      extra: 'LONG | 1 | MUTABLE | LAUNCH | run',
    });
  });

  it('shows the defaults of every run, as a person would start it now', async () => {
    const ended = await run(['params', '--file', flow, '--run-params', 'RUN_TS=1714521600000']);
    expect(rowsOf(ended)).toMatchObject({
      RUN_TS: 'LONG | 1714521600000 | MUTABLE_ON_START | LAUNCH | default -> run',
      DSL_DEFAULT_TZ: 'STRING | "UTC" | MUTABLE_ON_START | SYSTEM_DEFAULT | default',
      TARGET_RUN_DATE: 'STRING | "20240501" | MUTABLE_ON_START | SYSTEM_DEFAULT | default',
      owner: 'STRING | "ann" | CONSTANT RESERVED | SYSTEM_DEFAULT | default',
      workflow_id: 'STRING | "flow" | CONSTANT RESERVED | SYSTEM_DEFAULT | default',
      job_template_version: 'STRING | (not set) | MUTABLE_ON_START OPTIONAL | SYSTEM_DEFAULT | default',
    });
  });

  it('shows those of a step, and what only a run knows', async () => {
    const ended = await run(['params', '--file', flow, '--step', 'nap', '--run-params', 'limit=7']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(rowsOf(ended)).toMatchObject({
      sleep_seconds: 'LONG | 14 | MUTABLE PROVIDED | DEFINITION | type Sleep -> definition',
      later: 'LONG | (known in a run) | MUTABLE | DEFINITION | definition',
      step_id: 'STRING | "nap" | CONSTANT RESERVED | SYSTEM_DEFAULT | default',
      step_attempt_id: 'LONG | (known in a run) | CONSTANT RESERVED | SYSTEM_DEFAULT | default',
    });
  });

  it('shows those of a loop', async () => {
    const ended = await run(['params', '--file', flow, '--step', 'loop']);
    expect(rowsOf(ended)).toMatchObject({
      loop_params: 'MAP | {"i":[1,2]} | MUTABLE_ON_START REQUIRED | DEFINITION | type foreach -> definition',
      loop_index: 'LONG | -1 | CONSTANT RESERVED | SYSTEM_DEFAULT | type foreach',
    });
  });

  it('names what may not be set, shows the rest, and ends with 1', async () => {
    const ended = await run(['params', '--file', flow, '--run-params', 'fixed=y', 'person=Grace']);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('params.fixed');
    expect(rowsOf(ended)).toMatchObject({
      fixed: 'STRING | "x" | CONSTANT | DEFINITION | definition -> run (refused)',
      person: 'STRING | "Grace" | MUTABLE | LAUNCH | definition -> run',
    });
  });

  it('shows the place of every problem once, and the values of the others', async () => {
    const ended = await run(['params', '--file', broken]);
    expect(ended.code).toBe(1);
    const problems = ended.err.split('\n').filter((line) => line.startsWith(broken));
    expect(problems).toEqual([
      expect.stringMatching(/broken.json:1:\d+ workflow.params.wrong division by zero/),
      expect.stringMatching(/broken.json:1:\d+ workflow.params.typo unknown name persn/),
    ]);
    expect(rowsOf(ended)).toMatchObject({
      wrong: 'LONG | (wrong) | MUTABLE | DEFINITION | definition',
      depends: 'LONG | (wrong) | MUTABLE | DEFINITION | definition',
      greeting: 'STRING | "hello Ada" | MUTABLE | DEFINITION | definition',
    });
  });

  it('gives all of it to programs, with every digit', async () => {
    const { out } = await run(['params', '--file', flow, '--run-params', 'person=Ada', '-o', 'json']);
    const { params: all, problems } = JSON.parse(out) as { params: Record<string, object>; problems: unknown };
    expect(out).toContain('"value": 9007199254740993');
    expect(problems).toEqual([]);
    expect(all['person']).toEqual({
      type: 'STRING',
      value: 'Ada',
      mode: 'MUTABLE',
      source: 'LAUNCH',
      merged: [
        { layer: 'definition', effect: 'added', definition: { type: 'STRING', value: 'Ada' } },
        { layer: 'run', effect: 'same', definition: { type: 'STRING', value: 'Ada' } },
      ],
    });
  });

  it('shows what is wrong with a definition as validate does', async () => {
    const { code, out, err } = await run(['params', '--file', runParams]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^\S+run.yaml:1/);
  });

  it('asks the server for the definition when no file is named', async () => {
    const changed = {
      ...(versionBody(2) as { workflow: { params: object } }).workflow.params,
      wrong: { type: 'LONG', expression: '1 +\n 2 / 0' },
    };
    const gateway = new FakeGateway().on('GET /workflows/hello/versions/2', json(versionBody(2, { params: changed })));
    const ended = await run(['params', 'hello@2', '--url', await gateway.start()]);
    expect(rowsOf(ended)).toMatchObject({ limit: 'LONG | 5 | MUTABLE | DEFINITION | definition' });
    expect(ended.err).toMatch(/^workflow.params.wrong:2:\d division by zero.*\n {5}2 \/ 0\n/);
    await gateway.stop();
  });

  it.each([
    [[], 'name a workflow, or a definition with --file'],
    [['other', '--file', flow], 'defines flow, not other'],
    [['--file', flow, '--step', 'none'], 'there is no step "none"; steps are first, nap, loop, inner'],
    [['--file', flow, '--run-params', 'a.yaml', 'b.yaml'], 'takes one file'],
  ])('%j is not understood', async (args, message) => {
    const { code, err } = await run(['params', ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
