import {
  MaestroError,
  type InitiatorType,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamMode,
  type Params,
} from '@maestro/domain';
import {
  DEFAULT_PARAMS,
  mergeDefinitionParams,
  mergeRestartParams,
  mergeWorkflowParams,
  overrideDefaults,
} from '../index.js';

const defaults = DEFAULT_PARAMS.workflow;
const long = (value: bigint, mode?: ParamMode): ParamDefinition => ({ type: 'LONG', value, ...(mode ? { mode } : {}) });
const text = (value: string): ParamDefinition => ({ type: 'STRING', value });

function problems(merge: () => unknown): Record<string, string> {
  try {
    merge();
    return {};
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    return Object.fromEntries(error.violations.map(({ path, message }) => [path, message]));
  }
}

function fresh(definition: ParamDefinitions, runParams: ParamDefinitions, initiator: InitiatorType = 'MANUAL') {
  const merged = mergeDefinitionParams(defaults, definition);
  return mergeWorkflowParams({ defaults, definition: merged, runParams, launch: { initiator } });
}

describe('params of a fresh run', () => {
  it('are those of the definition and the start; defaults that nobody names are left out', () => {
    expect(fresh({ a: long(1n) }, { b: long(2n) })).toEqual({
      a: { ...long(1n, 'MUTABLE'), source: 'DEFINITION' },
      b: { ...long(2n, 'MUTABLE'), source: 'LAUNCH' },
    });
  });

  it('that override a default keep its type and mode, at push and at start', () => {
    expect(fresh({ RUN_TS: text('5') }, { TARGET_RUN_DATE: long(20260101n) })).toEqual({
      RUN_TS: { ...long(5n, 'MUTABLE_ON_START'), source: 'DEFINITION' },
      TARGET_RUN_DATE: { ...text('20260101'), mode: 'MUTABLE_ON_START', source: 'LAUNCH' },
    });
    expect(problems(() => fresh({ RUN_DATE: { type: 'BOOLEAN_ARRAY', value: [true] } }, {}))).toHaveProperty([
      'params.RUN_DATE',
    ]);
  });

  it('cannot be reserved ones', () => {
    expect(problems(() => fresh({ owner: text('eve') }, {}))['params.owner']).toMatch(/reserved for the system/);
    expect(problems(() => fresh({}, { workflow_id: text('x') }))['params.workflow_id']).toMatch(/reserved/);
  });

  it.each<[InitiatorType, string]>([
    ['MANUAL', 'LAUNCH'],
    ['TIME', 'LAUNCH'],
    ['SIGNAL', 'LAUNCH'],
    ['SUBWORKFLOW', 'SUBWORKFLOW'],
    ['FOREACH', 'FOREACH'],
    ['WHILE', 'WHILE'],
    ['TEMPLATE', 'TEMPLATE'],
  ])('that %s brings have source %s', (initiator, source) => {
    expect(fresh({ a: long(1n) }, { a: long(2n) }, initiator)['a']?.source).toBe(source);
  });

  it('that a parent brings change even constants of the child, unless they are from a definition', () => {
    const given = { a: { ...long(2n), source: 'LAUNCH' } } as const;
    expect(fresh({ a: long(1n, 'CONSTANT') }, given, 'SUBWORKFLOW')['a']).toMatchObject({
      value: 2n,
      mode: 'CONSTANT',
    });
    expect(problems(() => fresh({ a: long(1n, 'CONSTANT') }, { a: long(2n) }))['params.a']).toMatch(
      /LAUNCH may not change/,
    );
  });
});

describe('params of a restart', () => {
  const param = (definition: ParamDefinition, evaluatedResult: bigint | string): Params[string] => ({
    definition,
    evaluatedResult,
    evaluatedTime: 1,
  });
  const previous: Params = {
    RUN_TS: param({ ...long(0n, 'MUTABLE_ON_START'), source: 'SYSTEM_DEFAULT' }, 77n),
    owner: param({ ...text('ann'), mode: 'CONSTANT' }, 'ann'),
    free: param({ type: 'LONG', expression: '1 + 1', mode: 'MUTABLE', source: 'DEFINITION' }, 2n),
    start: param(long(1n, 'MUTABLE_ON_START'), 1n),
    restart: param(long(1n, 'MUTABLE_ON_START_RESTART'), 1n),
    fixed: param({ type: 'STRING', expression: "'$' + 'x'", mode: 'IMMUTABLE' }, '$x'),
  };
  const again = (runParams: ParamDefinitions, restartParams?: ParamDefinitions, initiator: InitiatorType = 'MANUAL') =>
    mergeRestartParams({
      defaults,
      previous,
      runParams,
      launch: { initiator },
      ...(restartParams ? { restartParams } : {}),
    });

  it('are the values of the run before, IMMUTABLE ones too, as literals that are not interpolated again', () => {
    expect(again({})).toMatchObject({
      RUN_TS: { value: 77n, mode: 'MUTABLE_ON_START' },
      free: { value: 2n, mode: 'MUTABLE' },
      fixed: { value: '$$x', mode: 'IMMUTABLE' },
    });
    expect(again({})['free']).not.toHaveProperty('expression');
  });

  it('leave the reserved ones to be evaluated anew', () => {
    expect(again({})).not.toHaveProperty('owner');
  });

  it('may change what a restart may change, by run params and then by restart params', () => {
    const merged = again({ free: long(3n), restart: long(3n) }, { restart: long(4n) });
    expect(merged).toMatchObject({ free: { value: 3n, source: 'RESTART' }, restart: { value: 4n, source: 'RESTART' } });
    expect(problems(() => again({ start: long(2n) }))['params.start']).toMatch(/may not change/);
    expect(problems(() => again({}, { fixed: text('y') }))['params.fixed']).toMatch(/may not change/);
    expect(problems(() => again({ start: long(1n) }))).toEqual({});
  });

  it('of a child carry the source of its parent, which may change all it gave', () => {
    const given = { start: { ...long(2n), source: 'LAUNCH' } } as const;
    expect(again(given, undefined, 'FOREACH')['start']).toMatchObject({ value: 2n, source: 'FOREACH' });
    expect(problems(() => again({ start: long(2n) }, undefined, 'FOREACH'))['params.start']).toMatch(/on a restart/);
  });
});

describe('overrideDefaults', () => {
  it('changes and adds defaults of workflows, steps and types', () => {
    const changed = overrideDefaults(DEFAULT_PARAMS, {
      workflow: { DSL_DEFAULT_TZ: text('Europe/Berlin'), team: text('data') },
      byType: { Shell: { interpreter: text('bash') } },
    });
    expect(changed.workflow['DSL_DEFAULT_TZ']).toMatchObject({ value: 'Europe/Berlin', source: 'SYSTEM_DEFAULT' });
    expect(changed.workflow['DSL_DEFAULT_TZ']).not.toHaveProperty('expression');
    expect(Object.keys(changed.workflow)).toHaveLength(25);
    expect(changed.byType['shell']?.['interpreter']).toMatchObject({ value: 'bash', source: 'SYSTEM_DEFAULT' });
    expect(changed.step).toEqual(DEFAULT_PARAMS.step);
  });
});
