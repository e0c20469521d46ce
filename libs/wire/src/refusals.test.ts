import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { PropertiesSchema, WorkflowSchema } from '@maestro/proto/maestro/types/v1/definition';
import { InitiatorSchema } from '@maestro/proto/maestro/types/v1/instance';
import { ParamDefinitionsSchema, ParamType } from '@maestro/proto/maestro/types/v1/param';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import {
  initiatorFromProto,
  jsonValueToProto,
  paramDefinitionsFromProto,
  propertiesFromProto,
  startRequestFromProto,
  startTargetFromProto,
  workflowFromProto,
} from './index.js';

function refusal(act: () => unknown): { code: string; path: string | undefined } {
  try {
    act();
  } catch (error) {
    if (error instanceof MaestroError) return { code: error.code, path: error.violations[0]?.path };
    throw error;
  }
  throw new Error('expected a refusal');
}

const at = (path: string): { code: string; path: string } => ({ code: 'INVALID_REQUEST', path });

describe('a client message that breaks its contract is refused with the path', () => {
  it('of a step without a kind, also inside a loop', () => {
    const loop = { id: 'l', kind: { case: 'foreach' as const, value: { steps: [{ id: 'inner' }] } } };
    const message = create(WorkflowSchema, {
      id: 'w',
      steps: [{ id: 'a', kind: { case: 'leaf', value: { type: 'NoOp' } } }, loop],
    });
    expect(refusal(() => workflowFromProto(message, 'workflow'))).toEqual(at('workflow.steps[1].steps[0]'));
  });

  it('of a leaf step without a type', () => {
    const message = create(WorkflowSchema, { id: 'w', steps: [{ id: 'a', kind: { case: 'leaf', value: {} } }] });
    expect(refusal(() => workflowFromProto(message))).toEqual(at('steps[0].type'));
  });

  it('of a time trigger without a schedule and of a timeout without a value', () => {
    const trigger = create(WorkflowSchema, { timeTriggers: [{ timezone: 'UTC' }] });
    expect(refusal(() => workflowFromProto(trigger))).toEqual(at('time_triggers[0]'));
    expect(refusal(() => workflowFromProto(create(WorkflowSchema, { timeout: {} })))).toEqual(at('timeout'));
  });

  it('of params without a type, given twice, without a name, or with a literal of another type', () => {
    const params = (...items: { name?: string; param?: object }[]): unknown =>
      paramDefinitionsFromProto(create(ParamDefinitionsSchema, { params: items }), 'run_params');
    const long = { type: ParamType.LONG };
    const text = { case: 'literal', value: { value: { case: 'stringValue', value: '1' } } };
    expect(refusal(() => params({ name: 'a', param: {} }))).toEqual(at('run_params.a.type'));
    expect(refusal(() => params({ name: 'a', param: long }, { name: 'a', param: long }))).toEqual(at('run_params.a'));
    expect(refusal(() => params({ param: long }))).toEqual(at('run_params'));
    expect(refusal(() => params({ name: 'a' }))).toEqual(at('run_params.a'));
    expect(refusal(() => params({ name: 'a', param: { ...long, definition: text } }))).toEqual(
      at('run_params.a.value'),
    );
  });

  it('of a run strategy without a rule and an owner without a name', () => {
    const properties = (fields: object): unknown => propertiesFromProto(create(PropertiesSchema, fields), 'properties');
    expect(refusal(() => properties({ runStrategy: {} }))).toEqual(at('properties.run_strategy.rule'));
    expect(refusal(() => properties({ owner: {} }))).toEqual(at('properties.owner.name'));
  });

  it('of a start without workflow id, request id or initiator', () => {
    const start = create(StartWorkflowRequestSchema, { requestId: 'r', initiator: {} });
    expect(refusal(() => startTargetFromProto(start))).toEqual(at('workflow_id'));
    expect(refusal(() => startRequestFromProto(create(StartWorkflowRequestSchema, {})))).toEqual(at('initiator'));
    expect(refusal(() => startRequestFromProto(start))).toEqual(at('initiator'));
    expect(refusal(() => initiatorFromProto(create(InitiatorSchema, {})))).toEqual(at('initiator'));
  });
});

it('a whole number beyond 64 bits is refused instead of wrapped', () => {
  expect(refusal(() => jsonValueToProto(2n ** 63n)).code).toBe('INVALID_REQUEST');
});

it('a run strategy without a concurrency takes the default of its rule', () => {
  const rule = (rule: number): unknown =>
    propertiesFromProto(create(PropertiesSchema, { runStrategy: { rule } })).runStrategy;
  expect(rule(5)).toEqual({ rule: 'PARALLEL', workflowConcurrency: 20 });
  expect(rule(1)).toEqual({ rule: 'SEQUENTIAL', workflowConcurrency: 1 });
});
