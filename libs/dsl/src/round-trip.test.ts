import {
  ALERT_TYPES,
  CRITICALITIES,
  FAILURE_MODES,
  MATCH_OPERATORS,
  PARAM_MODES,
  TAG_NAMESPACES,
  type Alerting,
  type Initiator,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamValue,
  type Step,
  type Tag,
} from '@maestro/domain';
import fc from 'fast-check';
import {
  definitionToJson,
  initiatorToJson,
  parseJsonText,
  parsePushRequest,
  readInitiator,
  readPushRequest,
  stringifyJson,
  validatePushRequest,
  workflowToYaml,
} from './index.js';

const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const word = fc.stringMatching(/^[a-z][a-z0-9.]{0,8}$/).filter((each) => each !== 'constructor');
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('null', '1', 'true', ' x', '- y', '#', '~'),
);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const decimal = fc.oneof(
  fc.constantFrom('1.0', '1.10', '-0.0', '1e5', '123456789.123456789123456789', '5', '-0', '1E-7'),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (Number.isInteger(value) ? value.toFixed(1) : String(value))),
);
const wait = fc.oneof(fc.bigInt({ min: 1n, max: 3600n }), fc.constantFrom('90', '2h 30min', '10 minutes', '${wait}'));
const anyJson = fc.dictionary(word, fc.oneof(anyText, fc.boolean(), int64, fc.array(int64)), { minKeys: 1 });

/** Literals of each type of param but MAP. */
const literal: fc.Arbitrary<ParamDefinition> = fc.oneof(
  fc.record({ type: fc.constant('STRING' as const), value: anyText }),
  fc.record({ type: fc.constant('LONG' as const), value: int64 }),
  fc.record({ type: fc.constant('DOUBLE' as const), value: decimal }),
  fc.record({ type: fc.constant('BOOLEAN' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('STRING_MAP' as const), value: fc.dictionary(anyText, anyText) }),
  fc.record({ type: fc.constant('STRING_ARRAY' as const), value: fc.array(anyText) }),
  fc.record({ type: fc.constant('LONG_ARRAY' as const), value: fc.array(int64) }),
  fc.record({ type: fc.constant('DOUBLE_ARRAY' as const), value: fc.array(decimal) }),
  fc.record({ type: fc.constant('BOOLEAN_ARRAY' as const), value: fc.array(fc.boolean()) }),
  fc.record({ type: fc.constant('LONG' as const), expression: anyText }),
);

const { params } = fc.letrec<{ params: ParamDefinitions; param: ParamDefinition }>((tie) => ({
  param: fc
    .tuple(
      fc.oneof(
        { maxDepth: 2 },
        literal,
        fc.record({ type: fc.constant('MAP' as const), value: tie('params') }) as fc.Arbitrary<ParamDefinition>,
      ),
      some({
        mode: fc.constantFrom(...PARAM_MODES),
        validator: anyText,
        tags: fc.array(word),
        meta: fc.constant({ info: 'x', n: 5n }),
      }),
    )
    .map(([definition, rest]) => ({ ...definition, ...rest })),
  params: fc.dictionary(word, tie('param'), { maxKeys: 4 }),
}));

const tag: fc.Arbitrary<Tag> = fc
  .tuple(
    word,
    some({
      namespace: fc.constantFrom(...TAG_NAMESPACES),
      attributes: anyJson.filter((each) => !('name' in each || 'namespace' in each || 'permit' in each)),
    }),
  )
  .map(([name, rest]) => ({ name, ...rest }));
const tags = fc.uniqueArray(tag, { selector: ({ name }) => name, maxLength: 3 });

const signalParam: fc.Arbitrary<ParamDefinition> = fc.oneof(
  fc.record({ type: fc.constant('LONG' as const), value: int64 }),
  fc.record({ type: fc.constant('STRING' as const), value: anyText }),
);

const common = {
  name: anyText,
  description: anyText,
  failureMode: fc.constantFrom(...FAILURE_MODES),
  tags,
  timeout: wait,
  signalDependencies: fc.array(
    fc.record({
      name: word,
      matchParams: fc.dictionary(word, fc.record({ param: signalParam, operator: fc.constant('=' as const) })),
    }),
    { maxLength: 2 },
  ),
  signalOutputs: fc.array(fc.record({ name: word, params: fc.dictionary(word, signalParam), payload: anyJson }), {
    maxLength: 2,
  }),
};

const retryPolicy = some({
  errorRetryLimit: fc.bigInt({ min: 0n, max: 99n }),
  platformRetryLimit: fc.constantFrom('3', '${retries}'),
  backoff: fc.oneof(
    fc.record({ type: fc.constant('FIXED_BACKOFF' as const), errorRetryBackoffInSecs: wait }),
    fc.record({
      type: fc.constant('EXPONENTIAL_BACKOFF' as const),
      timeoutRetryExponent: fc.bigInt({ min: 1n, max: 9n }),
    }),
  ),
});

type Loose = Partial<Step> & { kind: Step['kind']; steps?: readonly Loose[] };

const of = <T>(kind: Step['kind'], fixed: { [K in keyof T]: fc.Arbitrary<T[K]> }, free: object): fc.Arbitrary<Loose> =>
  fc.tuple(fc.record(fixed), some({ ...common, ...free })).map(([a, b]) => ({ kind, ...a, ...b }));

const { steps } = fc.letrec<{ step: Loose; steps: readonly Loose[] }>((tie) => {
  const body = tie('steps');
  const loopParams = (item: ParamDefinition): fc.Arbitrary<ParamDefinitions> =>
    fc.constant({ loop_params: { type: 'MAP', value: { LOOP: item } } });
  return {
    step: fc.oneof(
      { maxDepth: 2 },
      of(
        'step',
        { type: fc.constantFrom('NoOp', 'Sleep') },
        { params, retryPolicy, subType: word, subTypeVersion: word },
      ),
      of(
        'subworkflow',
        { params: fc.constant({ subworkflow_id: { type: 'STRING' as const, value: 'w' } }) },
        { sync: fc.boolean(), explicitParams: fc.boolean() },
      ),
      of(
        'foreach',
        { params: loopParams({ type: 'LONG_ARRAY', value: [1n] }), steps: body },
        { concurrency: fc.integer({ min: 1, max: 500 }), strictOrdering: fc.boolean() },
      ),
      of(
        'while',
        { params: loopParams({ type: 'LONG', value: 1n }), condition: fc.constant('i < 5'), steps: body },
        {},
      ),
      // The steps of its template have timeouts, not it.
      of('template', { subType: word }, { subTypeVersion: word }).map(({ timeout: _, ...step }) => step),
    ),
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
  };
});

/** Ids are unique across all levels, loop params along the nesting, and edges lead forward, so that there is no cycle. */
function wired(loose: readonly Loose[], prefix = 's'): readonly Step[] {
  return loose.map((step, index) => {
    const next = loose
      .slice(index + 1)
      .map((_, offset) => [`${prefix}${index + 1 + offset}`, offset === 0 ? 'true' : 'x > 1'] as const);
    const id = `${prefix}${index}`;
    const inner =
      step.steps === undefined ? {} : { steps: wired(step.steps, `${id}.`), params: renamed(step.params, `${id}.i`) };
    return {
      ...step,
      ...inner,
      id,
      ...(next.length > 0 && { transition: { successors: Object.fromEntries(next) } }),
    } as Step;
  });
}

function renamed(given: ParamDefinitions | undefined, name: string): ParamDefinitions {
  const loop = given?.['loop_params'];
  const [item] = loop?.type === 'MAP' ? Object.values(loop.value ?? {}) : [];
  return { loop_params: { type: 'MAP', value: item === undefined ? {} : { [name]: item } } };
}

const alerting: fc.Arbitrary<Alerting> = some({
  emails: fc.array(word),
  slack: fc.record({ users: fc.array(word), mentionUsers: fc.array(word) }),
  pagerdutyConfig: fc.record({ severity: fc.constant('ERROR' as const), alwaysPage: fc.boolean() }),
  tct: fc.oneof(
    fc.record({ completedByTs: fc.bigInt({ min: 0n, max: 2n ** 60n }) }),
    fc.record({ completedByHour: fc.nat(48), tz: fc.constant('UTC') }),
  ),
  typeConfigs: fc.dictionary(fc.constantFrom(...ALERT_TYPES), fc.record({ disabled: fc.boolean() })),
});

const timeTrigger = fc.oneof(
  fc.record({
    type: fc.constant('CRON' as const),
    cron: fc.constant('*/5 * * * *'),
    timezone: fc.constant('Asia/Tokyo'),
    params,
  }),
  fc.record({
    type: fc.constant('PREDEFINED' as const),
    expression: fc.constant('@daily' as const),
    fuzzyMaxDelay: wait,
  }),
  fc.record({ type: fc.constant('INTERVAL' as const), interval: fc.constantFrom('2h', 600n) }),
);
const signalTrigger = fc.record({
  definitions: fc.dictionary(
    word,
    fc.record({
      matchParams: fc.dictionary(
        word,
        fc.record({ value: fc.oneof(word, int64), operator: fc.constantFrom(...MATCH_OPERATORS) }),
      ),
      joinKeys: fc.constant(['K']),
    }),
    { minKeys: 1, maxKeys: 3 },
  ),
  params,
});

const request = fc
  .tuple(
    steps,
    some({
      name: anyText,
      tags,
      timeout: wait,
      criticality: fc.constantFrom(...CRITICALITIES),
      instanceStepConcurrency: fc.integer({ min: 1, max: 999 }),
      params,
      timeTriggers: fc.array(timeTrigger, { maxLength: 2 }),
      signalTriggers: fc.array(signalTrigger, { maxLength: 2 }),
    }),
    some({
      properties: some({
        owner: fc
          .tuple(
            word,
            anyJson.filter((each) => !('name' in each)),
          )
          .map(([name, extra]) => ({ name, extra })),
        runStrategy: fc.oneof(
          fc.constant({ rule: 'LAST_ONLY' as const, workflowConcurrency: 1 }),
          fc
            .integer({ min: 1, max: 1000 })
            .map((workflowConcurrency) => ({ rule: 'PARALLEL' as const, workflowConcurrency })),
        ),
        accessControl: anyJson,
        alerting,
        alertingDisabled: fc.boolean(),
      }),
      isActive: fc.boolean(),
      gitInfo: some({
        sha: word,
        timestamp: fc.constantFrom('1627332490', '2024-01-01T00:00:00Z'),
        uncommittedChanges: fc.boolean(),
      }),
      extraInfo: fc.constant({ source: 's3', step_ordinals: { a: 1n } }),
    }),
  )
  .map(([loose, rest, around]) => ({ ...around, workflow: { id: 'wf', ...rest, steps: wired(loose) } }))
  .filter((each) => stringifyJson(definitionToJson(each)).length < 100_000);

describe('random definitions', () => {
  test('are valid, and are the same after JSON, JSON text and YAML', () => {
    fc.assert(
      fc.property(request, (written) => {
        expect(validatePushRequest(written)).toEqual([]);
        const json = definitionToJson(written);
        expect(readPushRequest(json)).toEqual(written);
        expect(parsePushRequest(stringifyJson(json), 'json')).toEqual(written);
        expect(parsePushRequest(workflowToYaml(written), 'yaml')).toEqual(written);
        expect(parseJsonText(stringifyJson(json))).toEqual(json);
      }),
      { numRuns: 25 },
    );
  });

  test('initiators are the same after JSON', () => {
    const ancestor = fc.record({
      workflowId: word,
      instanceId: int64,
      runId: int64,
      stepId: word,
      stepAttemptId: fc.nat(),
      sync: fc.boolean(),
    });
    const half = fc.integer().map((whole) => whole + 0.5);
    const scalars = [word, int64, half, fc.boolean()] as const;
    const simple = fc.oneof(...scalars, ...scalars.map((each) => fc.array<unknown>(each, { maxLength: 3 })));
    const value = fc.oneof(
      simple,
      fc.dictionary(word, fc.oneof(simple, fc.dictionary(word, simple))),
    ) as fc.Arbitrary<ParamValue>;
    const initiator: fc.Arbitrary<Initiator> = fc.oneof(
      fc.constant<Initiator>({ type: 'MANUAL', user: { name: 'ann', extra: { team: 'data' } } }),
      fc.record({ type: fc.constant('TIME' as const), triggerUuid: word, triggerTime: fc.nat() }),
      fc.record({
        type: fc.constant('SIGNAL' as const),
        triggerUuid: word,
        signalIdMap: fc.dictionary(word, int64),
        params: fc.dictionary(word, value),
      }),
      fc.array(ancestor).map((ancestors) => ({ type: 'FOREACH' as const, ancestors, depth: ancestors.length })),
    );
    fc.assert(fc.property(initiator, (written) => expect(readInitiator(initiatorToJson(written))).toEqual(written)));
  });
});
