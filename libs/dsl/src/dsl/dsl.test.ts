import { MaestroError, type PushRequest, type Step } from '@maestro/domain';
import { parsePushRequest } from '../index.js';

const parse = (yaml: string): PushRequest => parsePushRequest(yaml, 'yaml');

function violations(yaml: string): string[] {
  try {
    parse(yaml);
  } catch (error) {
    if (error instanceof MaestroError)
      return error.violations.map(({ path, message, line }) => `${line} ${path}: ${message}`);
    throw error;
  }
  throw new Error('was accepted');
}

const workflow = (...lines: readonly string[]): string =>
  ['workflow:', '  id: w', '  jobs: [{ job: { id: a, type: NoOp } }]', ...lines.map((line) => `  ${line}`)].join('\n');
const jobs = (...lines: readonly string[]): string =>
  ['workflow:', '  id: w', '  jobs:', ...lines.map((line) => `    ${line}`)].join('\n');
const param = (line: string): unknown => Object.entries(parse(workflow(line)).workflow.params ?? {})[0];
const steps = (yaml: string): readonly Step[] => parse(yaml).workflow.steps;
const successors = (yaml: string): unknown => steps(yaml).map((step) => step.transition?.successors ?? {});

describe('keys of params', () => {
  test.each<[string, string, object]>([
    ['x: a', 'x', { type: 'STRING', value: 'a' }],
    ['x: 5', 'x', { type: 'LONG', value: 5n }],
    ['x: 9223372036854775807', 'x', { type: 'LONG', value: 9223372036854775807n }],
    ['x: 1.10', 'x', { type: 'DOUBLE', value: '1.10' }],
    ['x: true', 'x', { type: 'BOOLEAN', value: true }],
    ['x: [1, 2]', 'x', { type: 'LONG_ARRAY', value: [1n, 2n] }],
    ['x: []', 'x', { type: 'STRING_ARRAY', value: [] }],
    ['x<array<double>>: []', 'x', { type: 'DOUBLE_ARRAY', value: [] }],
    ['x<double>: 5', 'x', { type: 'DOUBLE', value: '5' }],
    ['x: { a: b }', 'x', { type: 'STRING_MAP', value: { a: 'b' } }],
    ['x: {}', 'x', { type: 'MAP', value: {} }],
    ['x<map>: {}', 'x', { type: 'STRING_MAP', value: {} }],
    ['x<pmap>: { a: b }', 'x', { type: 'MAP', value: { a: { type: 'STRING', value: 'b' } } }],
    [
      'x: { "!a<long>": n + 1, b: 1 }',
      'x',
      { type: 'MAP', value: { a: { type: 'LONG', expression: 'n + 1' }, b: { type: 'LONG', value: 1n } } },
    ],
    ["'!x': a + b", 'x', { type: 'STRING', expression: 'a + b' }],
    [
      "'!x<array<long>>(immutable)': Util.intsBetween(0, 5, 1)",
      'x',
      { type: 'LONG_ARRAY', expression: 'Util.intsBetween(0, 5, 1)', mode: 'IMMUTABLE' },
    ],
    ['x(constant): 5', 'x', { type: 'LONG', value: 5n, mode: 'CONSTANT' }],
  ])('%s', (line, name, definition) => {
    expect(param(line)).toEqual([name, definition]);
  });

  test.each<[string, RegExp]>([
    ['x<long>: text', /^4 workflow\["x<long>"\]: is declared LONG, but its value is STRING$/],
    ['x<lng>: 5', /^4 workflow\["x<lng>"\]: "lng" is not a type of param .*did you mean "long"\?$/],
    ['x<constructor>: 5', /^4 .*: "constructor" is not a type of param/],
    ['x(fixed): 5', /^4 .*: "fixed" is not one of MUTABLE/],
    ['x: null', /^4 workflow\.x: must not be null/],
    ['x: [[1]]', /^4 workflow\.x\[0\]: is a list; lists hold text, numbers or booleans$/],
    ['x: [1, a]', /^4 workflow\.x: expected a whole number, not text$/],
    ['x<long: 5', /^4 .*: "x<long" is not a param key such as/],
    ['x__y: 5', /^4 workflow\.x__y: "x__y" must not contain "__"/],
  ])('%s is refused', (line, expected) => {
    expect(violations(workflow(line))).toEqual([expect.stringMatching(expected)]);
  });

  test('may not name a param twice', () => {
    expect(violations(workflow('x: 5', "'!x': a"))).toEqual(['5 workflow["!x"]: the param "x" is defined twice']);
  });
});

describe('transitions', () => {
  const branch = (...rows: readonly string[]): string =>
    jobs(
      `- job: { id: a, type: NoOp, transition: ${JSON.stringify(rows)} }`,
      '- job: { id: b, type: NoOp }',
      '- job: { id: c, type: NoOp }',
    );

  test.each<[string[], object]>([
    [['b', 'c'], { b: 'true', c: 'true' }],
    [['IF x > 1 THEN b', 'otherwise c'], { b: 'x > 1', c: '!(x > 1)' }],
    [['if x then b', 'IF return y; THEN b', 'OTHERWISE c'], { b: '(x) || (y)', c: '!((x) || (y))' }],
    [["IF x == ' THEN ' THEN b"], { b: "x == ' THEN '" }],
  ])('%j', (rows, expected) => {
    expect(successors(branch(...rows))).toEqual([expected, {}, {}]);
  });

  test.each<[string[], string]>([
    [['OTHERWISE b'], 'workflow.jobs[0].job.transition[0]: OTHERWISE needs an IF before it'],
    [['IF x THEN b', 'OTHERWISE c', 'b'], 'workflow.jobs[0].job.transition[1]: OTHERWISE must be the last row'],
    [
      ['IF x b'],
      'workflow.jobs[0].job.transition[0]: "IF x b" is not a job id, "IF <condition> THEN <job id>" or "OTHERWISE <job id>"',
    ],
    [['d'], 'workflow.jobs[0].job.transition: there is no step "d" beside this one'],
  ])('%j is refused', (rows, expected) => {
    expect(violations(branch(...rows))).toEqual([`4 ${expected}`]);
  });
});

describe('a dag', () => {
  const three = (dag: string, transition = ''): string =>
    `${jobs(`- job: { id: a, type: NoOp${transition} }`, '- job: { id: b, type: NoOp }', '- job: { id: c, type: NoOp }')}\n  dag: ${dag}`;

  test.each<[string, object[]]>([
    ['sequential', [{ b: 'true' }, { c: 'true' }, {}]],
    ['parallel', [{}, {}, {}]],
    ['{ a: [IF x THEN c], b: [c] }', [{ c: 'x' }, { c: 'true' }, {}]],
  ])('%s', (dag, expected) => {
    expect(successors(three(dag))).toEqual(expected);
  });

  test('does not override the transition of a job', () => {
    expect(successors(three('sequential', ', transition: [c]'))).toEqual([{ c: 'true' }, { c: 'true' }, {}]);
  });

  test('is refused when it names an unknown job, or goes round in a circle', () => {
    expect(violations(three('{ d: [a] }'))).toEqual(['7 workflow.dag.d: there is no job "d" beside this dag']);
    expect(violations(three('{ a: [b], b: [a] }'))[0]).toMatch(/^3 workflow\.jobs: steps form a cycle: /);
    expect(violations(three('diagonal'))).toEqual([
      '7 workflow.dag: expected sequential, parallel or an object of transitions by job, not text',
    ]);
  });
});

describe('loops', () => {
  test('foreach runs over loop params and ranges', () => {
    const yaml = jobs(
      '- foreach:',
      '    id: loop',
      '    job_concurrency: 3',
      '    strict_ordering: true',
      "    loop_params: { '!i<array<long>>': 'Util.intsBetween(0, n, 1)' }",
      '    ranges: { j: { from: 2, to: 10, increment: 2 } }',
      '    own: 1',
      '    jobs: [{ job: { id: a, type: NoOp } }]',
    );
    expect(steps(yaml)).toEqual([
      {
        kind: 'foreach',
        id: 'loop',
        concurrency: 3,
        strictOrdering: true,
        params: {
          loop_params: {
            type: 'MAP',
            value: {
              i: { type: 'LONG_ARRAY', expression: 'Util.intsBetween(0, n, 1)' },
              j: { type: 'LONG_ARRAY', expression: 'Util.intsBetween(2, 10, 2)' },
            },
          },
          own: { type: 'LONG', value: 1n },
        },
        steps: [{ kind: 'step', id: 'a', type: 'NoOp' }],
      },
    ]);
  });

  test('are checked in their bodies, and every violation names its place in the DSL', () => {
    const yaml = jobs(
      '- while:',
      '    id: outer',
      '    condition: i < 5',
      '    params: { i: 0 }',
      '    jobs:',
      '      - foreach: { id: inner, concurrency: 501, params: { i: [1], k: 5 }, jobs: [{ job: { id: x, type: NoOp, transition: [nowhere] } }] }',
      '      - foreach: { id: ranged, ranges: { r: { to: x } }, jobs: [] }',
    );
    expect(violations(yaml)).toEqual([
      '9 workflow.jobs[0].while.jobs[0].foreach.concurrency: is 501; it must be 1 to 500',
      '9 workflow.jobs[0].while.jobs[0].foreach.params.i: "i" is already a loop param of a loop around this one',
      '9 workflow.jobs[0].while.jobs[0].foreach.params.k: is LONG; loop params of a foreach are arrays: STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY',
      '9 workflow.jobs[0].while.jobs[0].foreach.jobs[0].job.transition: there is no step "nowhere" beside this one',
      '10 workflow.jobs[0].while.jobs[1].foreach.ranges.r.to: expected a whole number, not text',
      '10 workflow.jobs[0].while.jobs[1].foreach.jobs: needs at least one step',
    ]);
  });
});

describe('jobs', () => {
  test('of an unknown type are those of a job template, whose version is kept', () => {
    expect(steps(jobs('- job: { id: a, type: spark, type_version: v1 }'))).toEqual([
      { kind: 'step', id: 'a', type: 'spark', subType: 'spark', subTypeVersion: 'v1' },
    ]);
  });

  test('that are templates name a job template', () => {
    expect(steps(jobs('- template: { id: a, type: etl, type_version: 2, table: orders }'))).toEqual([
      {
        kind: 'template',
        id: 'a',
        subType: 'etl',
        subTypeVersion: '2',
        params: { table: { type: 'STRING', value: 'orders' } },
      },
    ]);
  });

  test('that are subworkflows run the workflow of their own id unless another one is named', () => {
    const [own, named] = steps(
      jobs('- subworkflow: { id: a }', '- subworkflow: { id: b, workflow_id: other, version: 3, sync: false }'),
    );
    expect(own?.params).toEqual({ subworkflow_id: { type: 'STRING', value: 'a' } });
    expect(named).toMatchObject({
      sync: false,
      params: {
        subworkflow_id: { type: 'STRING', value: 'other' },
        subworkflow_version: { type: 'STRING', value: '3' },
      },
    });
  });

  test('can say what JSON can: retries and signals, with the same keys', () => {
    const yaml = jobs(
      '- job:',
      '    id: a',
      '    type: NoOp',
      '    retry_policy: { error_retry_limit: 3 }',
      '    signal_dependencies: [{ name: table, match_params: { dt: { param: { type: LONG, value: 1 }, operator: ">=" } } }]',
      '    signal_outputs: [{ name: done }]',
    );
    expect(steps(yaml)[0]).toMatchObject({
      retryPolicy: { errorRetryLimit: 3n },
      signalDependencies: [{ name: 'table', matchParams: { dt: { operator: '>=' } } }],
      signalOutputs: [{ name: 'done' }],
    });
  });

  test('are refused when their kind is unknown, without echoes', () => {
    expect(violations(jobs('- jobb: { id: a, type: NoOp }', '- job: { id: b, type: NoOp, transition: [a] }'))).toEqual([
      '4 workflow.jobs[0]: "jobb" is not a kind of job (job, subworkflow, template, foreach, while); did you mean "job"?',
    ]);
  });
});

describe('the workflow', () => {
  test('generates the run strategy that the DSL always had, and no hidden limit of steps', () => {
    expect(parse(workflow('owner: ann'))).toMatchObject({
      isActive: true,
      properties: {
        owner: { name: 'ann' },
        runStrategy: { rule: 'SEQUENTIAL', workflowConcurrency: 1 },
      },
    });
    expect(parse(workflow('owner: ann')).properties?.stepConcurrency).toBeUndefined();
    expect(parse(workflow('run_strategy: parallel', 'workflow_concurrency: 3')).properties?.runStrategy).toEqual({
      rule: 'PARALLEL',
      workflowConcurrency: 3,
    });
  });

  test('can have triggers and alerting, and the root whether it becomes active', () => {
    const yaml = `${workflow('time_triggers: [{ type: cron, cron: "15 3 * * *" }]', 'alerting: { emails: [a@example.org] }', 'step_concurrency: 5')}\nis_active: false`;
    expect(parse(yaml)).toMatchObject({
      isActive: false,
      properties: { alerting: { emails: ['a@example.org'] }, stepConcurrency: 5 },
      workflow: { timeTriggers: [{ type: 'CRON', cron: '15 3 * * *' }] },
    });
  });

  test('is refused with its place in the DSL for properties, params and unknown roots', () => {
    const yaml = `${workflow('run_strategy: paralel', 'workflow_concurrency: 2000', 'step_concurrency: 0', 'timeout: soon')}\nextra: 1`;
    expect(violations(yaml).map((each) => each.replace(/ is not .*/, ' is not'))).toEqual([
      '4 workflow.run_strategy: "paralel" is not',
      '5 workflow.workflow_concurrency: is 2000; it must be 1 to 1000',
      '6 workflow.step_concurrency: is 0; it must be 1 to 1000',
      '7 workflow.timeout: "soon" is not',
      '8 extra: unknown field "extra"',
    ]);
  });
});
