import type { ForeachStep, LeafStep, ParamDefinition, ParamDefinitions, Step, Workflow } from '@maestro/domain';
import { checkDefinition } from './check-definition.js';

const text = (value: string): ParamDefinition => ({ type: 'STRING', value });
const expression = (source: string, type: ParamDefinition['type'] = 'LONG'): ParamDefinition => ({
  type,
  expression: source,
});

function leaf(id: string, params: ParamDefinitions = {}, more: Partial<LeafStep> = {}): LeafStep {
  return { kind: 'step', type: 'NoOp', id, params, ...more };
}

function loop(id: string, items: string, steps: readonly Step[]): ForeachStep {
  const loopParams: ParamDefinition = { type: 'MAP', value: { [items]: { type: 'LONG_ARRAY', value: [1n, 2n] } } };
  return { kind: 'foreach', id, steps, params: { loop_params: loopParams, extra: text('x') } };
}

const before = (id: string, params: ParamDefinitions = {}, next = 'last'): LeafStep =>
  leaf(id, params, { transition: { successors: { [next]: 'true' } } });

function problems(workflow: Partial<Workflow>): readonly string[] {
  const all = checkDefinition({ workflow: { id: 'w', steps: [], ...workflow }, defaultsOf: () => ({}) });
  return all.map(({ path, line, column, message, certain }) => {
    const place = line === undefined ? '' : `:${line}:${column ?? 0}`;
    return `${path.replace('workflow.', '')}${place} ${message}${certain ? '' : ' (perhaps)'}`;
  });
}

describe('what is wrong', () => {
  it.each<[string, Partial<Workflow>, readonly string[]]>([
    [
      'a mistyped name in an expression of the workflow',
      { params: { count: { type: 'LONG', value: 1n }, next: expression('1 +\n coutn') } },
      ['params.next:2:2 unknown name coutn: it is no param of this workflow; did you mean "count"?'],
    ],
    [
      'a mistyped name in a text',
      { params: { day: text('run of ${RUN_DAT}') } },
      ['params.day:1:8 unknown name RUN_DAT: it is no param of this workflow; did you mean "RUN_DATE"?'],
    ],
    [
      'an unknown name in an expression inside of a nested loop',
      { steps: [loop('outer', 'a', [loop('inner', 'b', [leaf('job', { sum: expression('a + b + c1') })])])] },
      [
        'steps[0].foreach.steps[0].foreach.steps[0].step.params.sum:1:9 unknown name c1: it is no param of this step or workflow (perhaps)',
      ],
    ],
    [
      'a step that is not upstream',
      { steps: [leaf('one', { x: text('1') }), leaf('two', { y: expression('one__x', 'STRING') })] },
      ['steps[1].step.params.y:1:1 step one is not upstream of two: nothing says that it ends before this step starts'],
    ],
    [
      'a step downstream by getFromStep',
      {
        steps: [
          before('one', { y: expression("params.getFromStep('last', 'x')", 'STRING') }),
          leaf('last', { x: text('1') }),
        ],
      },
      [
        'steps[0].step.params.y:1:8 step last is not upstream of one: nothing says that it ends before this step starts',
      ],
    ],
    [
      'a step outside of the loop',
      { steps: [before('one', { x: text('1') }, 'loop'), loop('loop', 'i', [leaf('job', { y: text('${one__x}') })])] },
      [
        'steps[1].foreach.steps[0].step.params.y:1:1 unknown name one__x: step one is not in the same list of steps: give its param to the loop',
      ],
    ],
    [
      'a param that the upstream step does not have',
      { steps: [before('one', { count: text('1') }), leaf('last', { y: text('${one__cuont}') })] },
      ['steps[1].step.params.y:1:1 step one has no param cuont; did you mean "count"? (perhaps)'],
    ],
    [
      'a result that cannot become the declared type',
      {
        params: {
          list: { type: 'LONG_ARRAY', value: [] },
          flag: expression('1 + 1', 'BOOLEAN'),
          n: expression('list'),
        },
      },
      [
        'params.flag:1:1 is expected to be a BOOLEAN but its expression gives a LONG',
        'params.n:1:1 is expected to be a LONG but its expression gives a LONG_ARRAY',
      ],
    ],
    [
      'operands of the wrong types',
      {
        params: {
          day: text('x'),
          flag: { type: 'BOOLEAN', value: true },
          n: expression('day - 1'),
          m: expression('flag * 2'),
        },
      },
      ['params.n:1:5 cannot apply `-` to STRING and LONG', 'params.m:1:6 cannot apply `*` to BOOLEAN and LONG'],
    ],
    [
      'a condition that is none',
      {
        steps: [
          leaf('one', { n: { type: 'LONG', value: 1n } }, { transition: { successors: { last: 'n + 1' } } }),
          leaf('last'),
        ],
      },
      ['steps[0].step.transition.successors.last:1:1 is expected to be a BOOLEAN but gives a LONG'],
    ],
    [
      'a condition of a while that names nothing',
      {
        steps: [
          {
            kind: 'while',
            id: 'loop',
            condition: 'i < limit',
            steps: [leaf('job', { i: expression('i + 1') })],
            params: { loop_params: { type: 'MAP', value: { i: { type: 'LONG', value: 0n } } } },
          },
        ],
      },
      ['steps[0].while.condition:1:5 unknown name limit: it is no param of this step or workflow (perhaps)'],
    ],
    [
      'a cycle, once',
      { params: { a: text('${b}'), b: expression('c', 'STRING'), c: text('$a') } },
      ['params.a contains a cyclic reference chain: a -> b -> c -> a'],
    ],
    [
      'validators: rules, types, and expressions on the value',
      {
        params: {
          a: { type: 'LONG', value: 1n, validator: '@Mim(1)' },
          b: { type: 'BOOLEAN', value: true, validator: '@Size(max=1)' },
          c: { type: 'LONG', value: 1n, validator: '@Sel("param > limit")' },
          d: { type: 'LONG', value: 1n, validator: '@Sel("d + 1")' },
          e: { type: 'LONG', value: 1n, validator: '@Sel("param > 0 && value == e && e < c")' },
        },
      },
      [
        'params.a.validator:1:1 has a validator that cannot be read: there is no rule @Mim: known are @NotNull, @NotEmpty, @Positive, @Min, @Max, @Size, @Pattern, @OneOf and @Sel',
        'params.b.validator:1:1 has a rule that is not for params of type BOOLEAN: @Size(max=1)',
        'params.c.validator:1:9 unknown name limit: it is no param of this workflow',
        'params.d.validator:1:1 is expected to be a BOOLEAN but gives a LONG',
      ],
    ],
    [
      'a cycle of a step through its own id',
      { steps: [leaf('one', { id: text('${other}'), other: expression('one__id', 'STRING') })] },
      ['steps[0].step.params.id contains a cyclic reference chain: id -> other -> id'],
    ],
    [
      'timeouts, retries, tags, signals',
      {
        timeout: '${limit} min',
        params: { flag: { type: 'BOOLEAN', value: true } },
        steps: [
          leaf(
            'one',
            { own: text('1') },
            {
              timeout: '${flag}',
              retryPolicy: { errorRetryLimit: '${tries}' },
              tags: [{ name: 'team-${taem}' }],
              signalDependencies: [
                { name: 'ready', matchParams: { day: { param: expression('own', 'STRING'), operator: '=' } } },
              ],
              signalOutputs: [{ name: 'done', params: { day: text('${dya}') } }],
            },
          ),
        ],
      },
      [
        'timeout:1:1 unknown name limit: it is no param of this workflow',
        'steps[0].step.timeout needs a whole number or text, but flag is a BOOLEAN',
        'steps[0].step.tags[0]:1:6 unknown name taem: it is no param of this step or workflow (perhaps)',
        'steps[0].step.retry_policy.error_retry_limit:1:1 unknown name tries: it is no param of this step or workflow (perhaps)',
        'steps[0].step.signal_dependencies[0].match_params.day.param:1:1 unknown name own: it is no param of this step or workflow; did you mean "owner"? (perhaps)',
        'steps[0].step.signal_outputs[0].params.day:1:1 unknown name dya: it is no param of this step or workflow (perhaps)',
      ],
    ],
    [
      'functions of params',
      {
        params: {
          a: expression("params.getFromInstance('workflowid')", 'STRING'),
          b: expression("params.getFromSignal('day')", 'STRING'),
          c: expression('params.getFormStep(1)'),
        },
        steps: [
          before('one'),
          leaf('last', {
            d: expression("params.getFromForeach('one', 'x', 'y')", 'STRING_ARRAY'),
            e: expression("params.getFromSignalDependency('0', 'x')", 'STRING'),
            f: expression("params.getFromStep('step_ID')", 'STRING'),
          }),
        ],
      },
      [
        'params.a:1:8 getFromInstance: an instance has no field workflowid; did you mean "workflow_id"?',
        'params.b:1:8 getFromSignal: no signal starts this workflow',
        'params.c:1:8 params.getFormStep takes STRING arguments, not LONG',
        'steps[1].step.params.d:1:8 step one is no foreach step',
        'steps[1].step.params.e:1:8 getFromSignalDependency: the step has 0 signal dependencies, counted from 0: there is no 0',
        'steps[1].step.params.f:1:8 getFromStep: a step has no field step_ID; did you mean "step_id"?',
      ],
    ],
    [
      'the insides of maps and arrays, and the syntax of expressions',
      {
        params: {
          m: { type: 'MAP', value: { in: { type: 'MAP', value: { deep: expression('1 +') } } } },
          s: { type: 'STRING_ARRAY', value: ['ok', '${nope_nope}'] },
        },
      },
      [
        'params.m.value.in.value.deep:1:4 expected an expression but found the end of the expression',
        'params.s.value[1]:1:1 unknown name nope_nope: it is no param of this workflow',
      ],
    ],
    [
      'the condition of a trigger',
      { signalTriggers: [{ definitions: { sig: {} }, condition: 'dya > 1' }] },
      ['signal_triggers[0].condition:1:1 unknown name dya: it is no param of this workflow'],
    ],
    [
      'the params of a time trigger, which see those of the run',
      {
        params: { region: text('eu') },
        timeTriggers: [
          { type: 'CRON', cron: '0 0 * * *', params: { a: expression('RUN_TS + 1'), b: text('${region} ${regoin}') } },
        ],
      },
      ['time_triggers[0].params.b:1:11 unknown name regoin: it is no param of this workflow; did you mean "region"?'],
    ],
  ])('%s', (_, workflow, expected) => {
    expect(problems(workflow)).toEqual(expected);
  });
});

describe('what is right', () => {
  it.each<[string, Partial<Workflow>]>([
    [
      'defaults and params in any order',
      {
        params: {
          a: expression('b + RUN_TS'),
          b: expression('1 + 1'),
          c: text('${RUN_DATE}$$${d}'),
          d: text('$$nothing'),
        },
      },
    ],
    [
      'a step param that reads the param of the workflow with its name',
      { params: { day: text('1') }, steps: [leaf('one', { day: text('${day}') })] },
    ],
    [
      'params of upstream steps, directly and further up, and their status',
      {
        steps: [
          before('one', { x: text('1') }, 'two'),
          before('two'),
          leaf('last', {
            y: expression("one__x + params.getFromStep('two', 'MAESTRO_STEP_STATUS')", 'STRING'),
            z: expression('one__MAESTRO_STEP_END_TIME + 1'),
          }),
        ],
      },
    ],
    [
      'what a loop gives to its body',
      {
        params: { limit: { type: 'LONG', value: 3n } },
        steps: [
          loop('outer', 'a', [
            loop('inner', 'b', [leaf('job', { sum: expression('a + b * loop_index + limit'), t: text('${extra}') })]),
          ]),
        ],
      },
    ],
    [
      'own fields and params of a step',
      {
        steps: [
          leaf(
            'one',
            { id: text('${step_id}-${other}'), other: expression('one__step_id', 'STRING') },
            { transition: { successors: {} } },
          ),
        ],
      },
    ],
    [
      'what a job template brings',
      {
        steps: [
          before('one', { x: text('${of_template}') }),
          leaf('last', { y: text('${one__other}') }, { subType: 'Spark' }),
        ].map((step) => ({ ...step, subType: 'Spark' })),
      },
    ],
    [
      'what steps of a template step bring',
      {
        steps: [
          { kind: 'template', id: 't', subType: 'etl', transition: { successors: { last: 'true' } } },
          leaf('last', {
            y: text('${t.in.side__p} ${t__q}'),
            z: expression("params.getFromStep('t.in', 'r')", 'STRING'),
          }),
        ],
      },
    ],
    [
      'a branch that is not taken',
      { params: { a: expression('true ? 1 : nothing'), b: expression("params.get('given') == null ? 1 : 2") } },
    ],
    [
      'signals that start the workflow',
      {
        signalTriggers: [
          { definitions: { sig: { joinKeys: ['day'] } }, params: { p: text('1') }, condition: "p == '1'" },
        ],
        params: {
          a: expression('sig__day', 'STRING'),
          b: expression("params.getFromSignal('p') + params.getFromSignal('sig', 'day')", 'STRING'),
        },
      },
    ],
  ])('%s', (_, workflow) => {
    expect(problems(workflow)).toEqual([]);
  });
});
