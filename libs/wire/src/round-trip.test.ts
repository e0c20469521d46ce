import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import type { Initiator, PushRequest, StartRequest, TimelineEvent, WorkflowDefinition } from '@maestro/domain';
import { PropertiesSchema, WorkflowDefinitionSchema, WorkflowSchema } from '@maestro/proto/maestro/types/v1/definition';
import { InitiatorSchema, TimelineEventSchema } from '@maestro/proto/maestro/types/v1/instance';
import { JsonValueSchema } from '@maestro/proto/maestro/types/v1/json';
import { ParamDefinitionsSchema, ParamsSchema, ParamValueSchema } from '@maestro/proto/maestro/types/v1/param';
import { SignalInstanceSchema } from '@maestro/proto/maestro/types/v1/signal';
import { PushWorkflowRequestSchema } from '@maestro/proto/maestro/definition/v1/definition_service';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import fc from 'fast-check';
import {
  decodeExactJson,
  decodeParamDefinitions,
  decodeParams,
  decodeParamValues,
  definitionFromProto,
  definitionToProto,
  encodeExactJson,
  encodeParamDefinitions,
  encodeParams,
  encodeParamValues,
  initiatorFromProto,
  initiatorToProto,
  jsonValueFromProto,
  jsonValueToProto,
  paramDefinitionsFromProto,
  paramDefinitionsToProto,
  paramsFromProto,
  paramsToProto,
  paramValueFromProto,
  paramValueToProto,
  propertiesFromProto,
  propertiesToProto,
  pushRequestFromProto,
  pushRequestToProto,
  signalInstanceFromProto,
  signalInstanceToProto,
  startRequestFromProto,
  startRequestToProto,
  timelineEventFromProto,
  timelineEventToProto,
  workflowFromProto,
  workflowToProto,
} from './index.js';
import * as any from './testing/arbitraries.js';

// Random definitions are big: on a machine that is busy with other tests they take their time.
jest.setTimeout(60_000);

function survives<T, D extends DescMessage>(
  values: fc.Arbitrary<T>,
  schema: D,
  toProto: (value: T) => MessageShape<D>,
  fromProto: (message: MessageShape<D>) => T,
): void {
  fc.assert(
    fc.property(values.map(plain), (value) => {
      const bytes = toBinary(schema, toProto(value));
      const read = fromProto(fromBinary(schema, bytes));
      expect(read).toStrictEqual(value);
      expect(JSON.stringify(read, keyOrder)).toBe(JSON.stringify(value, keyOrder));
    }),
    { numRuns: 40 },
  );
}

/** fast-check makes objects without a prototype; ours have one. */
const plain = <T>(value: T): T => structuredClone(value);

/** The order of params is the order of evaluation, so it has to survive too; toStrictEqual does not look at it. */
function keyOrder(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (key === 'params' || key === 'runParams') return Object.keys(value as object);
  return key === '' ? value : undefined;
}

const params = any.params.map((definitions) =>
  Object.fromEntries(Object.entries(definitions).map(([key, definition]) => [key, { definition }])),
);
const evaluated = fc.dictionary(
  any.name,
  fc.record({ definition: any.param, evaluatedResult: any.paramValue, evaluatedTime: any.millis }),
  { maxKeys: 3 },
);

const ancestor = fc.record(
  {
    workflowId: any.name,
    instanceId: any.int64,
    runId: any.int64,
    stepId: any.name,
    stepAttemptId: any.int32,
    sync: fc.boolean(),
  },
  { requiredKeys: ['workflowId', 'instanceId', 'runId', 'stepId', 'stepAttemptId'] },
);
const initiator = fc.oneof(
  fc.record({ type: fc.constant('MANUAL'), user: any.user }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('TIME'), triggerUuid: any.text, triggerTime: any.millis, timezone: any.text }),
  fc.record({
    type: fc.constant('SIGNAL'),
    triggerUuid: any.text,
    signalIdMap: fc.dictionary(any.name, any.int64),
    params: fc.dictionary(any.name, any.paramValue, { minKeys: 1 }),
    signals: fc.dictionary(any.name, fc.dictionary(any.name, fc.oneof(any.text, any.int64)), { minKeys: 1 }),
  }),
  fc.record({
    type: fc.constantFrom('SUBWORKFLOW', 'FOREACH', 'WHILE', 'TEMPLATE'),
    ancestors: fc.array(ancestor, { maxLength: 3 }),
    depth: any.int32,
  }),
) as fc.Arbitrary<Initiator>;

const timelineEvent = fc.oneof(
  fc.record({
    type: fc.constant('LOG'),
    timestamp: any.millis,
    level: fc.constantFrom('INFO', 'WARN'),
    message: any.text,
  }),
  fc.record({
    type: fc.constant('DETAILS'),
    timestamp: any.millis,
    status: any.text,
    message: any.text,
    errors: fc.array(any.text),
    retryable: fc.boolean(),
  }),
  fc.record({ type: fc.constant('STATUS'), timestamp: any.millis, status: fc.constantFrom('RUNNING', 'IN_PROGRESS') }),
  fc.record(
    {
      type: fc.constant('ACTION'),
      timestamp: any.millis,
      action: any.text,
      author: any.text,
      message: any.text,
      reason: any.text,
      info: any.json,
    },
    { requiredKeys: ['type', 'timestamp', 'action', 'author'] },
  ),
  fc.record(
    {
      type: fc.constant('MILESTONE'),
      timestamp: any.millis,
      status: any.text,
      milestoneType: any.text,
      sourceId: any.text,
      info: any.text,
    },
    { requiredKeys: ['type', 'timestamp', 'status', 'milestoneType'] },
  ),
) as fc.Arbitrary<TimelineEvent>;

describe('domain -> message -> bytes -> message -> domain changes nothing', () => {
  it('for free-form JSON, with exact integers', () => {
    survives(any.json, JsonValueSchema, jsonValueToProto, jsonValueFromProto);
  });

  it('for param definitions, in their order', () => {
    survives(any.params, ParamDefinitionsSchema, paramDefinitionsToProto, (message) =>
      paramDefinitionsFromProto(message),
    );
  });

  it('for evaluated values', () => {
    survives(any.paramValue, ParamValueSchema, paramValueToProto, (message) => paramValueFromProto(message));
  });

  it('for evaluated params', () => {
    survives(evaluated, ParamsSchema, paramsToProto, (message) => paramsFromProto(message));
  });

  it('for workflows with every kind of step, trigger and signal', () => {
    survives(any.workflow, WorkflowSchema, workflowToProto, (message) => workflowFromProto(message));
  });

  it('for properties with alerting', () => {
    survives(any.properties, PropertiesSchema, propertiesToProto, (message) => propertiesFromProto(message));
  });

  it('for push requests', () => {
    const request = fc.record(
      {
        workflow: any.workflow,
        properties: any.properties,
        isActive: fc.boolean(),
        gitInfo: fc.record({ branch: any.text, uncommittedChanges: fc.boolean() }),
        extraInfo: any.jsonObject,
      },
      { requiredKeys: ['workflow'] },
    ) as fc.Arbitrary<PushRequest>;
    survives(request, PushWorkflowRequestSchema, (value) => pushRequestToProto(value, 'id'), pushRequestFromProto);
  });

  it('for versions of a workflow', () => {
    const definition: fc.Arbitrary<WorkflowDefinition> = fc.record({
      workflowKey: any.int64,
      tenant: any.text,
      propertiesSnapshot: fc
        .tuple(any.properties, fc.record({ workflowId: any.name, createTime: any.millis, author: any.user }))
        .map(([properties, rest]) => ({ ...properties, ...rest })),
      metadata: fc.record({
        workflowId: any.name,
        workflowVersionId: any.int64,
        createTime: any.millis,
        versionAuthor: any.user,
        extraInfo: any.jsonObject,
      }),
      workflow: any.workflow,
      isActive: fc.boolean(),
      activateTime: any.millis,
      activatedBy: any.user,
      isLatest: fc.boolean(),
      isDefault: fc.boolean(),
      modifyTime: any.millis,
      internalId: any.int64,
    });
    survives(definition, WorkflowDefinitionSchema, definitionToProto, definitionFromProto);
  });

  it('for initiators of every type', () => {
    survives(initiator, InitiatorSchema, initiatorToProto, (message) => initiatorFromProto(message));
  });

  it('for timeline events of every type', () => {
    survives(timelineEvent, TimelineEventSchema, timelineEventToProto, (message) => timelineEventFromProto(message));
  });

  it('for start requests', () => {
    const request = fc.record(
      {
        initiator,
        requestTime: any.millis,
        requestId: any.text,
        runtimeTags: fc.array(any.tag, { minLength: 1 }),
        runParams: any.params,
        stepRunParams: fc.dictionary(any.name, any.params, { minKeys: 1, maxKeys: 2 }),
        artifacts: any.jsonObject,
      },
      { requiredKeys: ['initiator', 'requestId'] },
    ) as fc.Arbitrary<StartRequest>;
    const target = { workflowId: 'w', version: 'active' };
    survives(request, StartWorkflowRequestSchema, (value) => startRequestToProto(target, value), startRequestFromProto);
  });

  it('for signal instances', () => {
    const signal = fc.record({
      name: any.text,
      seqId: any.int64,
      instanceId: any.text,
      params: fc.dictionary(any.name, fc.oneof(any.text, any.int64)),
      payload: any.jsonObject as fc.Arbitrary<Record<string, string>>,
      requestTime: any.millis,
      createTime: any.millis,
    });
    survives(signal, SignalInstanceSchema, signalInstanceToProto, (message) => signalInstanceFromProto(message));
  });
});

describe('the compact JSON of hot messages keeps every type', () => {
  it('of free-form JSON: integers stay bigint, doubles stay number', () => {
    fc.assert(
      fc.property(any.json.map(plain), (value) => expect(decodeExactJson(encodeExactJson(value))).toStrictEqual(value)),
    );
  });

  it('of evaluated values', () => {
    const values = fc.dictionary(any.name, any.paramValue);
    fc.assert(
      fc.property(values.map(plain), (value) =>
        expect(decodeParamValues(encodeParamValues(value))).toStrictEqual(value),
      ),
    );
  });

  it('of definitions and of evaluated params', () => {
    fc.assert(
      fc.property(any.params.map(plain), (value) =>
        expect(decodeParamDefinitions(encodeParamDefinitions(value))).toStrictEqual(value),
      ),
    );
    fc.assert(
      fc.property(fc.oneof(params, evaluated).map(plain), (value) =>
        expect(decodeParams(encodeParams(value))).toStrictEqual(value),
      ),
    );
  });
});
