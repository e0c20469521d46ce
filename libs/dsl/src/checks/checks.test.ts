import type { ForeachStep, ParamDefinitions, Properties, PushRequest, Step, Workflow } from '@maestro/domain';
import { validatePushRequest } from '../index.js';

const noOp = (id: string, members: Partial<Step> = {}): Step =>
  ({ kind: 'step', id, type: 'NoOp', ...members }) as Step;
const request = (workflow: Partial<Workflow>, properties?: Properties): PushRequest => ({
  workflow: { id: 'w', steps: [noOp('a')], ...workflow },
  ...(properties && { properties }),
});
const messages = (workflow: Partial<Workflow>, properties?: Properties): string[] =>
  validatePushRequest(request(workflow, properties)).map(({ path, message }) => `${path}: ${message}`);
const ofStep = (members: object): string[] =>
  messages({ steps: [noOp('a', members)] }).map((each) => each.replace('workflow.steps[0].step.', ''));

const loop = (id: string, steps: readonly Step[], name = `${id}i`): ForeachStep => ({
  kind: 'foreach',
  id,
  params: { loop_params: { type: 'MAP', value: { [name]: { type: 'LONG_ARRAY', value: [1n] } } } },
  steps,
});

describe('identifiers', () => {
  test.each<[string, string | undefined]>([
    ['daily.load-2_x', undefined],
    ['1st', undefined],
    ['', 'must not be empty'],
    ['a'.repeat(129), 'has 129 characters; at most 128 are allowed'],
    ['a b', '"a b" may hold letters, digits and . - _ only, and starts with a letter, digit or _'],
    ['Maestro_x', 'must not start with "maestro_", which is reserved'],
    ['x_MAESTRO', 'must not end with "_maestro", which is reserved'],
  ])('workflow id "%s"', (id, problem) => {
    expect(messages({ id })).toEqual(problem === undefined ? [] : [`workflow.id: ${problem}`]);
  });

  test.each<[string, string | undefined]>([
    ['job.1', undefined],
    ['x_maestro', undefined],
    ['1st', '"1st" may hold letters, digits and . - _ only, and starts with a letter or _'],
    ['a__b', '"a__b" must not contain "__", which joins a step and its param in references'],
    ['maestro_x', 'must not start with "maestro_", which is reserved'],
  ])('step id "%s"', (id, problem) => {
    expect(messages({ steps: [noOp(id)] })).toEqual(
      problem === undefined ? [] : [`workflow.steps[0].step.id: ${problem}`],
    );
  });

  test('tags are well-formed and unique whatever their namespace', () => {
    expect(
      messages({ tags: [{ name: 'a b' }, { name: 'x', namespace: 'SYSTEM' }, { name: 'x' }, { name: 'ü' }] }),
    ).toEqual([
      'workflow.tags[2]: the tag "x" is in the list twice',
      'workflow.tags[3]: "ü" holds characters that names may not have',
    ]);
  });
});

describe('limits', () => {
  test.each<[Partial<Workflow>, string[]]>([
    [{ name: 'n'.repeat(257) }, ['workflow.name: has 257 characters; at most 256 are allowed']],
    [{ description: 'd'.repeat(16_385) }, ['workflow.description: has 16385 characters; at most 16384 are allowed']],
    [{ instanceStepConcurrency: 1000 }, ['workflow.instance_step_concurrency: is 1000; it must be 1 to 999']],
    [{ timeout: 0n }, ['workflow.timeout: must be longer than 0']],
    [{ timeout: '121 days' }, ['workflow.timeout: must be at most 10368000 s (2880 h)']],
    [{ timeout: '120 days' }, []],
    [{ timeout: '${hours} h' }, []],
    [{ steps: [] }, ['workflow.steps: needs at least one step']],
  ])('%j', (workflow, expected) => {
    expect(messages(workflow)).toEqual(expected);
  });

  test('300 steps are counted through loops', () => {
    const inner = Array.from({ length: 299 }, (_, index) => noOp(`s${index}`));
    expect(messages({ steps: [loop('l', inner)] })).toEqual([]);
    expect(messages({ steps: [loop('l', inner), noOp('one.more')] })).toEqual([
      'workflow.steps: there are 301 steps; at most 300 are allowed, those in loops included',
    ]);
  });

  test('loops nest at most nine levels deep', () => {
    const nested = (levels: number): Step => (levels === 0 ? noOp('leaf') : loop(`l${levels}`, [nested(levels - 1)]));
    expect(messages({ steps: [nested(9)] })).toEqual([]);
    expect(messages({ steps: [nested(10)] })).toEqual([
      expect.stringMatching(/: loops are nested too deeply; at most 9 levels are allowed$/),
    ]);
  });

  test('retries, waits and exponents', () => {
    const retryPolicy = {
      errorRetryLimit: 100n,
      platformRetryLimit: 'many',
      timeoutRetryLimit: '${limit}',
      backoff: {
        type: 'EXPONENTIAL_BACKOFF',
        errorRetryBackoffInSecs: '25 h',
        platformRetryExponent: 'x',
        timeoutRetryLimitInSecs: 'soon',
      },
    };
    expect(ofStep({ retryPolicy })).toEqual([
      'retry_policy.error_retry_limit: is 100; at most 99 is allowed',
      'retry_policy.backoff.error_retry_backoff_in_secs: must be at most 86400 s (24 h)',
      'retry_policy.platform_retry_limit: "many" is not a whole number',
      'retry_policy.backoff.platform_retry_exponent: "x" is not a whole number',
      'retry_policy.backoff.timeout_retry_limit_in_secs: "soon" is not a duration such as "90", "10 minutes" or "2h 30min"',
    ]);
  });

  test.each<[Properties, string[]]>([
    [
      { runStrategy: { rule: 'PARALLEL', workflowConcurrency: 1001 } },
      ['properties.run_strategy.workflow_concurrency: is 1001; it must be 1 to 1000'],
    ],
    [
      { runStrategy: { rule: 'SEQUENTIAL', workflowConcurrency: 2 } },
      ['properties.run_strategy.workflow_concurrency: is 2; SEQUENTIAL runs one instance at a time'],
    ],
    [{ stepConcurrency: 0 }, ['properties.step_concurrency: is 0; it must be 1 to 1000']],
    [{ owner: { name: '' } }, ['properties.owner: must not be empty']],
    [{ tags: [] }, ['properties.tags: cannot be set here; use the endpoints for tags']],
    [
      { alerting: { tct: { completedByHour: 1, durationMinutes: 5 } } },
      ['properties.alerting.tct: needs exactly one of completed_by_hour, duration_minutes, completed_by_ts, not 2'],
    ],
    [
      { alerting: { tct: { completedByHour: 1, tz: 'Mars/Base' } } },
      ['properties.alerting.tct.tz: "Mars/Base" is not a time zone such as UTC or America/New_York'],
    ],
    [
      { alerting: { typeConfigs: { LONG_RUNNING: { durationMinutes: 0 } } } },
      ['properties.alerting.type_configs.LONG_RUNNING.duration_minutes: is 0; it must be 1 to 9007199254740991'],
    ],
  ])('properties %j', (properties, expected) => {
    expect(messages({}, properties)).toEqual(expected);
  });
});

describe('transitions', () => {
  const to = (...next: string[]): Partial<Step> => ({
    transition: { successors: Object.fromEntries(next.map((id) => [id, 'true'])) },
  });

  test('a cycle is spelled out, in the body of a loop as well', () => {
    const inner = [noOp('x', to('y')), noOp('y', to('z')), noOp('z', to('x'))];
    expect(messages({ steps: [loop('l', inner)] })).toEqual([
      expect.stringMatching(/^workflow\.steps\[0\]\.foreach\.steps: steps form a cycle: \w -> \w -> \w -> \w$/),
    ]);
  });

  test('successors are beside the step, not in a loop', () => {
    expect(messages({ steps: [noOp('a', to('inner')), loop('l', [noOp('inner')])] })).toEqual([
      'workflow.steps[0].step.transition.successors.inner: there is no step "inner" beside this one',
    ]);
  });

  test('predecessors agree with the successors of others, in any order', () => {
    const join = (predecessors: string[]): string[] =>
      messages({ steps: [noOp('a', to('c')), noOp('b', to('c')), noOp('c', { transition: { predecessors } })] });
    expect(join(['b', 'a'])).toEqual([]);
    expect(join(['a'])).toEqual([
      'workflow.steps[2].step.transition.predecessors: must be those that name this step as successor: [a, b]; or leave it out',
    ]);
  });

  test('ids are unique across all levels', () => {
    expect(messages({ steps: [noOp('a'), loop('l', [noOp('a')])] })).toEqual([
      'workflow.steps[1].foreach.steps[0].step.id: another step has the id "a" already; ids are unique across all levels',
    ]);
  });
});

describe('loops', () => {
  const withParams = (params: ParamDefinitions | undefined): string[] =>
    messages({ steps: [{ ...loop('l', [noOp('a')]), ...(params === undefined ? { params: {} } : { params }) }] }).map(
      (each) => each.replace('workflow.steps[0].foreach.params.', ''),
    );

  test.each<[ParamDefinitions | undefined, string]>([
    [undefined, 'loop_params: is required: a MAP that names what the loop runs over'],
    [{ loop_params: { type: 'STRING', value: 'x' } }, 'loop_params: is STRING; it must be a MAP'],
    [
      { loop_params: { type: 'MAP', expression: 'x' } },
      'loop_params: must be a literal map; its entries may be expressions',
    ],
    [
      { loop_params: { type: 'MAP', value: { i: { type: 'LONG', value: 1n } } } },
      'loop_params.value.i.type: is LONG; loop params of a foreach are arrays: STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY',
    ],
  ])('loop params %#', (params, expected) => {
    expect(withParams(params)).toEqual([expected]);
  });

  test('loop params are not named as those of a loop around; those of a neighbour may be', () => {
    expect(messages({ steps: [loop('l', [noOp('a')], 'i'), loop('m', [noOp('b')], 'i')] })).toEqual([]);
    expect(messages({ steps: [loop('l', [loop('m', [noOp('a')], 'i')], 'i')] })).toEqual([
      'workflow.steps[0].foreach.steps[0].foreach.params.loop_params.value.i: "i" is already a loop param of a loop around this one',
    ]);
  });

  test('a while loop needs a condition', () => {
    const step: Step = {
      ...loop('l', [noOp('a')]),
      kind: 'while',
      condition: ' ',
      params: { loop_params: { type: 'MAP', value: { i: { type: 'LONG', value: 1n } } } },
    };
    expect(messages({ steps: [step] })).toEqual(['workflow.steps[0].while.condition: must not be empty']);
  });
});

describe('signals and triggers', () => {
  test('a dependency compares at most one param by range, and params are STRING or LONG', () => {
    const long = { type: 'LONG', value: 1n } as const;
    const matchParams = {
      a: { param: long, operator: '>' },
      b: { param: long, operator: '<=' },
      c: { param: { type: 'DOUBLE', value: '1.0' }, operator: '=' },
    } as const;
    expect(ofStep({ signalDependencies: [{ name: 's', matchParams }] })).toEqual([
      'signal_dependencies[0].match_params.c.param.type: is DOUBLE; params of signals are STRING or LONG',
      'signal_dependencies[0].match_params: compares a, b by range; at most one may be',
    ]);
    expect(ofStep({ signalOutputs: [{ name: '', params: { a: { type: 'BOOLEAN', value: true } } }] })).toEqual([
      'signal_outputs[0].name: must not be empty',
      'signal_outputs[0].params.a.type: is BOOLEAN; params of signals are STRING or LONG',
    ]);
  });

  test('signals of a trigger: 1 to 8, with equally many join keys', () => {
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`s${index}`, {}]));
    expect(
      messages({
        signalTriggers: [
          { definitions: {} },
          { definitions: nine },
          { definitions: { a: { joinKeys: ['x'] }, b: {} } },
        ],
      }),
    ).toEqual([
      'workflow.signal_triggers[0].definitions: needs at least one signal',
      'workflow.signal_triggers[1].definitions: has 9 signals; at most 8 are allowed',
      'workflow.signal_triggers[2].definitions: all signals of a trigger need the same number of join_keys',
    ]);
  });

  test('time triggers: cron, time zone, interval and its start', () => {
    expect(
      messages({
        timeTriggers: [
          { type: 'CRON', cron: '* * *', timezone: 'Nowhere' },
          { type: 'INTERVAL', interval: '1 min', start: 'today' },
          { type: 'INTERVAL', interval: '2 min', start: '01-31-2030 06:00:00.000+0000' },
        ],
      }),
    ).toEqual([
      'workflow.time_triggers[0].timezone: "Nowhere" is not a time zone such as UTC or America/New_York',
      'workflow.time_triggers[0].cron: needs 5 fields (Unix) or 6 to 7 (Quartz), not 3',
      'workflow.time_triggers[1].interval: must be at least 120 s',
      'workflow.time_triggers[1].start: "today" must look like MM-dd-yyyy hh:mm:ss.SSSz, e.g. "01-31-2030 06:00:00.000+0000"',
    ]);
  });

  test.each<[string, boolean]>([
    ['*/5 * * * *', true],
    ['0 0 12 1/1 * ? *', true],
    ['0 15 10 ? * MON-FRI', true],
    ['0 0 12 LW * ?', true],
    ['0 0 12 ? * 6#3', true],
    ['60 * * * *', false],
    ['0 0 12 * * 8', false],
    ['* * * * ; rm', false],
    ['', false],
  ])('cron "%s" may be one: %s', (cron, possible) => {
    const trigger = { type: 'CRON' as const, cron };
    expect(messages({ timeTriggers: [trigger] })).toEqual(possible ? [] : [expect.stringContaining('.cron: ')]);
  });
});

test('a subworkflow names its workflow', () => {
  expect(messages({ steps: [{ kind: 'subworkflow', id: 's' }] })).toEqual([
    'workflow.steps[0].subworkflow.params.subworkflow_id: is required: the id of the workflow to run',
  ]);
});

describe('references to secrets', () => {
  const value = (type: string, literal: unknown): string[] => ofStep({ params: { p: { type, value: literal } } });

  test('are taken where a text may stand', () => {
    const good = 'secret://vault/secret/team/db#password';
    const nested = { inner: { type: 'STRING', value: good } };
    for (const [type, literal] of [
      ['STRING', good],
      ['STRING_ARRAY', [good]],
      ['STRING_MAP', { a: good }],
      ['MAP', nested],
    ] as const) {
      expect(value(type, literal)).toEqual([]);
    }
  });

  test('that are malformed or inside a longer text are told by their path', () => {
    const bad = 'secret://vault/secret/db';
    const inside = 'Bearer secret://env/TOKEN';
    expect(value('STRING', bad)[0]).toMatch(/^params\.p\.value: secrets of vault need a #<key>/);
    expect(value('STRING_ARRAY', ['fine', bad])[0]).toMatch(/^params\.p\.value\[1\]: secrets of vault/);
    expect(value('STRING_MAP', { h: inside })[0]).toMatch(/^params\.p\.value\.h: has a secret reference inside/);
    const nested = { inner: { type: 'STRING', value: inside } };
    expect(value('MAP', nested)[0]).toMatch(/^params\.p\.value\.inner\.value: has a secret reference inside/);
  });
});
