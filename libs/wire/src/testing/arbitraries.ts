import {
  ALERT_ACTIONS,
  ALERT_GRANULARITIES,
  ALERT_TYPES,
  CRITICALITIES,
  FAILURE_MODES,
  INTERNAL_PARAM_MODES,
  MATCH_OPERATORS,
  PAGERDUTY_SEVERITIES,
  PARAM_MODES,
  PARAM_SOURCES,
  CATCH_UPS,
  PREDEFINED_SCHEDULES,
  type Alerting,
  type Json,
  type JsonObject,
  type ParamDefinition,
  type ParamDefinitions,
  type Properties,
  RUN_STRATEGY_RULES,
  type RetryPolicy,
  type SignalDependency,
  type SignalOutput,
  type Step,
  TAG_NAMESPACES,
  type Tag,
  type User,
  type Workflow,
  type ParamValue,
  type SignalTrigger,
  type TimeTrigger,
} from '@maestro/domain';
import fc from 'fast-check';

/** some: a record whose listed keys may be absent, never undefined. */
export function some<T extends object>(
  model: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> },
  required: (keyof T)[],
): fc.Arbitrary<T> {
  const made: unknown = fc.record(model, { requiredKeys: required });
  return made as fc.Arbitrary<T>;
}

export const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
export const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
export const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
export const int32 = fc.integer({ min: 1, max: 2 ** 31 - 1 });
export const millis = fc.integer({ min: 1, max: 4_000_000_000_000 });
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 3 });
const dict = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(name, item, { minKeys: 1, maxKeys: 3 });
const double = fc.double({ noNaN: true });
const parsableLong = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), text);

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    int64,
    double,
    text,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, tie('json'), { maxKeys: 3 }),
  ),
}));
export { json };
export const jsonObject: fc.Arbitrary<JsonObject> = fc.dictionary(name, json, { maxKeys: 3 });

export const user: fc.Arbitrary<User> = some<User>({ name: text, extra: jsonObject }, ['name']);
export const tag: fc.Arbitrary<Tag> = some<Tag>(
  { name: text, namespace: fc.constantFrom(...TAG_NAMESPACES), permit: int32, attributes: jsonObject },
  ['name'],
);

export const paramValue: fc.Arbitrary<ParamValue> = fc.letrec<{ value: ParamValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    text,
    int64,
    double,
    fc.boolean(),
    list(text),
    list(int64),
    list(double),
    list(fc.boolean()),
    fc.constant<ParamValue>([]),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<ParamValue>,
  ),
})).value;

const commonParam = {
  mode: fc.constantFrom(...PARAM_MODES),
  internalMode: fc.constantFrom(...INTERNAL_PARAM_MODES),
  source: fc.constantFrom(...PARAM_SOURCES),
  validator: text,
  tags: list(text),
  meta: jsonObject,
};
const decimal = fc.tuple(fc.integer(), fc.nat()).map(([whole, part]) => `${whole}.${part}`);

function ofType(type: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<ParamDefinition> {
  const either = fc.oneof(fc.record({ value }), fc.record({ expression: text }), fc.constant({}));
  return fc
    .tuple(either, fc.record(commonParam, { requiredKeys: [] }))
    .map(([definition, common]) => ({ type, ...definition, ...common }) as ParamDefinition);
}

const { params } = fc.letrec<{ param: ParamDefinition; params: ParamDefinitions }>((tie) => ({
  param: fc.oneof(
    { maxDepth: 2 },
    ofType('STRING', text),
    ofType('LONG', int64),
    ofType('DOUBLE', decimal),
    ofType('BOOLEAN', fc.boolean()),
    ofType('STRING_MAP', dict(text)),
    ofType('STRING_ARRAY', fc.array(text, { maxLength: 3 })),
    ofType('LONG_ARRAY', fc.array(int64, { maxLength: 3 })),
    ofType('DOUBLE_ARRAY', fc.array(decimal, { maxLength: 3 })),
    ofType('BOOLEAN_ARRAY', fc.array(fc.boolean(), { maxLength: 3 })),
    ofType('MAP', tie('params')),
  ),
  params: fc.dictionary(name, tie('param'), { maxKeys: 3 }),
}));
export { params };
export const param: fc.Arbitrary<ParamDefinition> = ofType('LONG', int64);

const dependency = some<SignalDependency>(
  {
    name: text,
    matchParams: dict(fc.record({ param, operator: fc.constantFrom(...MATCH_OPERATORS) })),
    since: text,
    latest: fc.constant(true),
  },
  ['name'],
);
const output = some<SignalOutput>({ name: text, params, payload: jsonObject }, ['name']);

export const retryPolicy: fc.Arbitrary<RetryPolicy> = some<RetryPolicy>(
  {
    errorRetryLimit: parsableLong,
    platformRetryLimit: parsableLong,
    timeoutRetryLimit: parsableLong,
    backoff: fc.oneof(
      fc.record(
        {
          type: fc.constant('EXPONENTIAL_BACKOFF' as const),
          errorRetryBackoffInSecs: parsableLong,
          errorRetryExponent: parsableLong,
          errorRetryLimitInSecs: parsableLong,
          platformRetryBackoffInSecs: parsableLong,
          platformRetryExponent: parsableLong,
          platformRetryLimitInSecs: parsableLong,
          timeoutRetryBackoffInSecs: parsableLong,
          timeoutRetryExponent: parsableLong,
          timeoutRetryLimitInSecs: parsableLong,
        },
        { requiredKeys: ['type'] },
      ),
      fc.record(
        {
          type: fc.constant('FIXED_BACKOFF' as const),
          errorRetryBackoffInSecs: parsableLong,
          platformRetryBackoffInSecs: parsableLong,
          timeoutRetryBackoffInSecs: parsableLong,
        },
        { requiredKeys: ['type'] },
      ),
    ),
  },
  [],
);

const commonStep = {
  id: name,
  name: text,
  description: text,
  transition: fc.record({ predecessors: list(name), successors: dict(text) }, { requiredKeys: [] }),
  failureMode: fc.constantFrom(...FAILURE_MODES),
  tags: list(tag),
  timeout: parsableLong,
  signalDependencies: list(dependency),
  signalOutputs: list(output),
  params,
};
function ofKind(kind: string, own: Record<string, fc.Arbitrary<unknown>>, required: string[]): fc.Arbitrary<Step> {
  const model = { ...commonStep, kind: fc.constant(kind), ...own };
  return fc.record(model, {
    requiredKeys: ['id', 'kind', ...required] as never,
  }) as unknown as fc.Arbitrary<Step>;
}
const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 1 },
    ofKind('step', { type: text, subType: text, subTypeVersion: text, retryPolicy }, ['type']),
    ofKind('subworkflow', { sync: fc.boolean(), explicitParams: fc.boolean() }, []),
    ofKind('template', { subType: text, subTypeVersion: text }, []),
    ofKind('foreach', { concurrency: int32, strictOrdering: fc.boolean(), steps: tie('steps') }, ['steps']),
    ofKind('while', { condition: text, steps: tie('steps') }, ['condition', 'steps']),
  ),
  steps: fc.array(tie('step'), { maxLength: 2 }),
}));
export { steps };

const time = {
  timezone: text,
  fuzzyMaxDelay: parsableLong,
  catchUp: fc.constantFrom(...CATCH_UPS),
  maxCatchUp: fc.nat(),
  startDate: text,
  endDate: text,
  blackouts: list(text),
  params,
};
const timeTrigger = fc.oneof(
  fc.record({ type: fc.constant('CRON'), cron: text, ...time }, { requiredKeys: ['type', 'cron'] }),
  fc.record(
    { type: fc.constant('PREDEFINED'), expression: fc.constantFrom(...PREDEFINED_SCHEDULES), ...time },
    { requiredKeys: ['type', 'expression'] },
  ),
  fc.record(
    { type: fc.constant('INTERVAL'), interval: parsableLong, start: text, ...time },
    { requiredKeys: ['type', 'interval'] },
  ),
) as fc.Arbitrary<TimeTrigger>;
const triggerMatch = fc.record(
  {
    matchParams: dict(fc.record({ value: fc.oneof(text, int64), operator: fc.constantFrom(...MATCH_OPERATORS) })),
    joinKeys: list(text),
  },
  { requiredKeys: [] },
);
const signalTrigger = some<SignalTrigger>(
  {
    definitions: dict(triggerMatch),
    params,
    condition: text,
    dedupExpr: text,
  },
  ['definitions'],
);

export const workflow: fc.Arbitrary<Workflow> = some<Workflow>(
  {
    id: name,
    name: text,
    description: text,
    tags: list(tag),
    timeout: parsableLong,
    timeTriggers: list(timeTrigger),
    signalTriggers: list(signalTrigger),
    criticality: fc.constantFrom(...CRITICALITIES),
    instanceStepConcurrency: int32,
    params,
    steps,
  },
  ['id', 'steps'],
);

const slack = fc.record({ users: list(text), channels: list(text), mentionUsers: list(text) }, { requiredKeys: [] });
const alertTypeConfig = fc.record(
  {
    emails: list(text),
    pagerduties: list(text),
    slack,
    actions: list(fc.constantFrom(...ALERT_ACTIONS)),
    disabled: fc.boolean(),
    granularity: fc.constantFrom(...ALERT_GRANULARITIES),
    durationMinutes: int32,
  },
  { requiredKeys: [] },
);
const alerting = some<Alerting>(
  {
    emails: list(text),
    pagerduties: list(text),
    slack,
    bypassDigestConfig: fc.record({ workflow: fc.boolean(), steps: list(name) }, { requiredKeys: [] }),
    pagerdutyConfig: fc.record(
      { severity: fc.constantFrom(...PAGERDUTY_SEVERITIES), alwaysPage: fc.boolean() },
      { requiredKeys: [] },
    ),
    tct: fc.oneof(
      fc.record({ completedByHour: fc.nat(23), tz: text }),
      fc.record({ durationMinutes: int32 }),
      fc.record({ completedByTs: int64 }),
    ),
    typeConfigs: fc.dictionary(fc.constantFrom(...ALERT_TYPES), alertTypeConfig, {
      minKeys: 1,
      maxKeys: 2,
    }),
  },
  [],
);

export const properties: fc.Arbitrary<Properties> = some<Properties>(
  {
    owner: user,
    accessControl: jsonObject,
    runStrategy: fc.record({
      rule: fc.constantFrom(...RUN_STRATEGY_RULES),
      workflowConcurrency: fc.integer({ min: 1, max: 1000 }),
    }),
    stepConcurrency: int32,
    alerting,
    alertingDisabled: fc.boolean(),
    signalTriggerDisabled: fc.boolean(),
    timeTriggerDisabled: fc.boolean(),
    description: text,
    tags: list(tag),
  },
  [],
);
