import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from '@bufbuild/protobuf';
import type { Json, JsonObject, Step, TimelineEvent } from '@maestro/domain';
import { parseJsonText, readProperties, readPushRequest } from '@maestro/dsl';
import { GetOverviewResponseSchema } from '@maestro/proto/maestro/definition/v1/definition_service';
import {
  GetWorkflowCountsResponseSchema,
  InstanceActionResultSchema,
  StartStatus,
  StartWorkflowResponseSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { PageResponseSchema } from '@maestro/proto/maestro/types/v1/common';
import {
  StepInstanceSchema,
  StepStatus,
  WorkflowInstanceSchema,
  WorkflowInstanceStatus,
} from '@maestro/proto/maestro/types/v1/instance';
import {
  definitionToProto,
  definitionToRestJson,
  instanceActionToJson,
  overviewToJson,
  paginationToJson,
  paramsToJson,
  paramsToProto,
  propertiesSnapshotToProto,
  signalInstanceToJson,
  signalInstanceToProto,
  startResponseToJson,
  stepInstanceToJson,
  stepToProto,
  timelineEventToJson,
  timelineEventToProto,
  workflowActionToJson,
  workflowInstanceToJson,
  workflowToProto,
} from '../index.js';

function fixture(name: string): JsonObject {
  return parseJsonText(readFileSync(join(__dirname, '../../fixtures', `${name}.json`), 'utf8')) as JsonObject;
}

function log(json: Json | undefined): TimelineEvent {
  const { timestamp, milestone_type: milestoneType, source_id: sourceId, ...rest } = json as JsonObject;
  const details = rest['type'] === 'DETAILS' ? { errors: [], retryable: false } : {};
  return { ...details, ...rest, milestoneType, sourceId, timestamp: Number(timestamp) } as unknown as TimelineEvent;
}
const event = (json: Json | undefined) => timelineEventToProto(log(json));

describe('answers have the JSON of the original', () => {
  it('timeline events of every type', () => {
    const events = fixture('sample-timeline') as unknown as readonly JsonObject[];
    expect(new Set(events.map((each) => each['type'])).size).toBe(5);
    for (const each of events) expect(timelineEventToJson(event(each))).toEqual(each);
  });

  it('acts on an instance', () => {
    const expected = fixture('sample-workflow-instance-kill-response');
    const result = create(InstanceActionResultSchema, {
      workflowId: 'sample-foreach-wf',
      workflowVersionId: 4n,
      workflowInstanceId: 1n,
      workflowRunId: 1n,
      workflowInstanceStatus: WorkflowInstanceStatus.IN_PROGRESS,
      timelineEvent: event(expected['timeline_event']),
    });
    expect(instanceActionToJson(result)).toEqual({ ...expected, workflow_version_id: 4n });
  });

  it('acts on a workflow', () => {
    const expected = fixture('sample-workflow-deactivate-response');
    const timelineEvent = timelineEventToProto({ ...log(expected['timeline_event']), author: '' } as TimelineEvent);
    const message = { workflowId: 'sample-dag-test-3', workflowVersionId: 0n, timelineEvent };
    const { timeline_event: given, ...rest } = workflowActionToJson(message);
    expect({ ...rest, timeline_event: { ...(given as JsonObject), author: undefined } }).toEqual(expected);
  });

  it('signals', () => {
    const expected = fixture('sample-signal-instance');
    const message = signalInstanceToProto({
      name: 'signal_a',
      seqId: 1n,
      instanceId: '9443cf4d-8434-3259-b913-926ca9f3c0d1',
      params: { foo: 'bat', watermark: 123456n, updated_by: 'tester' },
      payload: { extra: { source: { id: 'test-id' } } },
      requestTime: 123456789,
      createTime: 123456789,
    });
    expect(signalInstanceToJson(message)).toEqual(expected);
  });

  it('versions of a workflow', () => {
    const given = fixture('sample-workflow-create-response')['workflow_definition'] as JsonObject;
    const { workflow_id, create_time, author, ...properties } = given['properties_snapshot'] as JsonObject;
    const request = readPushRequest({ workflow: given['workflow'] as JsonObject });
    const message = definitionToProto({
      workflowKey: 9n,
      tenant: 'default',
      propertiesSnapshot: {
        ...readProperties(properties),
        workflowId: workflow_id as string,
        createTime: Number(create_time),
        author: { name: author as string },
      },
      metadata: {
        workflowId: 'sample-dag-test-3',
        workflowVersionId: 2n,
        createTime: Number(create_time),
        versionAuthor: { name: 'unknown' },
        gitInfo: { branch: 'b', uncommittedChanges: false },
        extraInfo: { source: 'test' },
      },
      workflow: request.workflow,
      isActive: true,
      isLatest: true,
      isDefault: true,
      internalId: 10000n,
    });
    const json = definitionToRestJson(message);
    expect(json['metadata']).toEqual({
      ...(given['metadata'] as JsonObject),
      git_info: { branch: 'b', uncommitted_changes: false },
      source: 'test',
    });
    expect(readPushRequest({ workflow: json['workflow'] as JsonObject })).toEqual(request);
    expect(json['properties_snapshot']).toMatchObject({
      workflow_id: 'sample-dag-test-3',
      owner: 'demo',
      step_concurrency: 20n,
    });
    expect(Object.keys(json)).toEqual([
      'properties_snapshot',
      'metadata',
      'workflow',
      'is_active',
      'is_latest',
      'is_default',
      'internal_id',
    ]);
  });

  it('overviews, joined from two services', () => {
    const expected = fixture('sample-workflow-overview-response');
    const snapshot = propertiesSnapshotToProto({
      workflowId: 'sample-dag-test-3',
      createTime: 5,
      author: { name: 'tester' },
      owner: { name: 'tester' },
      runStrategy: { rule: 'PARALLEL', workflowConcurrency: 20 },
      stepConcurrency: 20,
    });
    const overview = create(GetOverviewResponseSchema, {
      workflowId: 'sample-dag-test-3',
      activeVersionId: 1n,
      latestVersionId: 2n,
      defaultVersionId: 1n,
      propertiesSnapshot: snapshot,
    });
    expect(overviewToJson(overview, create(GetWorkflowCountsResponseSchema, {}))).toEqual({
      ...expected,
      properties_snapshot: {
        ...(expected['properties_snapshot'] as JsonObject),
        workflow_id: 'sample-dag-test-3',
        create_time: 5n,
        author: 'tester',
        step_concurrency: 20n,
      },
    });
  });
});

describe('a run', () => {
  const steps: readonly Step[] = [
    { kind: 'step', type: 'NoOp', id: 'a', transition: { successors: { b: 'x > 1' } } },
    { kind: 'step', type: 'NoOp', id: 'b' },
  ];
  const instance = create(WorkflowInstanceSchema, {
    workflowId: 'w',
    workflowInstanceId: 9007199254740993n,
    workflowRunId: 1n,
    workflowVersionId: 1n,
    workflowUuid: 'u',
    status: WorkflowInstanceStatus.IN_PROGRESS,
    params: paramsToProto({
      x: { definition: { type: 'LONG', value: 2n ** 62n + 1n }, evaluatedResult: 2n ** 62n + 1n, evaluatedTime: 5 },
    }),
    runtimeWorkflow: workflowToProto({ id: 'w', steps }),
    runtimeOverview: {
      totalStepCount: 2n,
      stepOverview: [{ status: StepStatus.RUNNING, count: 1n, steps: [{ stepId: 'b', startTime: 7n }] }],
      rollupOverview: { totalLeafCount: 40n, overview: [{ status: StepStatus.SUCCEEDED, count: 40n }] },
    },
  });

  const first = { step: { id: 'a', type: 'NoOp', transition: { successors: { b: 'x > 1' } } } };
  const second = { step: { id: 'b', type: 'NoOp' } };

  it('keeps 64-bit integers exact, leaves out what is not there, and computes the graph', () => {
    expect(workflowInstanceToJson(instance)).toEqual({
      workflow_id: 'w',
      workflow_instance_id: 9007199254740993n,
      workflow_run_id: 1n,
      workflow_version_id: 1n,
      workflow_uuid: 'u',
      status: 'IN_PROGRESS',
      run_config: {},
      params: {
        x: { type: 'LONG', value: 2n ** 62n + 1n, evaluated_result: 2n ** 62n + 1n, evaluated_time: 5n },
      },
      runtime_workflow: { id: 'w', steps: [first, second] },
      runtime_dag: { a: { successors: { b: 'x > 1' } }, b: { predecessors: ['a'] } },
      runtime_overview: {
        total_step_count: 2n,
        step_overview: { RUNNING: { cnt: 1n, steps: [[2n, 7n, null]] } },
        rollup_overview: { total_leaf_count: 40n, overview: { SUCCEEDED: { cnt: 40n } } },
      },
    });
  });

  it('has the field names of the original', () => {
    const ours = Object.keys(workflowInstanceToJson(instance));
    const original = new Set([
      ...Object.keys(fixture('sample-workflow-instance-succeeded')),
      'run_config',
      'runtime_dag',
    ]);
    expect(ours.filter((key) => !original.has(key))).toEqual([]);
  });

  it('has step attempts with the results of their conditions', () => {
    const message = create(StepInstanceSchema, {
      workflowId: 'w',
      workflowInstanceId: 1n,
      workflowRunId: 1n,
      workflowVersionId: 1n,
      stepId: 'a',
      stepAttemptId: 1,
      stepUuid: '1-0-1',
      definition: steps[0] && stepToProto(steps[0]),
      successors: { b: false },
      predecessors: [],
      runtimeState: { status: StepStatus.SUCCEEDED, createTime: 1n, endTime: 2n },
      stepRetry: { errorRetryLimit: 2, retryable: true },
    });
    const json = stepInstanceToJson(message);
    expect(json).toMatchObject({
      step_attempt_id: 1n,
      definition: { step: { id: 'a', type: 'NoOp' } },
      transition: { successors: { b: { expression: 'x > 1', type: 'BOOLEAN', evaluated_result: false } } },
      runtime_state: { status: 'SUCCEEDED', create_time: 1n, end_time: 2n },
    });
    const original = new Set(Object.keys(fixture('sample-step-instance-failed')));
    expect(Object.keys(json).filter((key) => !original.has(key))).toEqual([]);
  });
});

it('a number that JSON does not know is written as text', () => {
  const definition = { type: 'MAP', value: {} } as const;
  const json = paramsToJson({ x: { definition, evaluatedResult: { a: Infinity, b: [NaN, 1.5], c: 2n, d: 'x' } } });
  expect(json['x']).toMatchObject({ evaluated_result: { a: 'Infinity', b: ['NaN', 1.5], c: 2n, d: 'x' } });
});

it('a start says which instance it made or found', () => {
  const message = create(StartWorkflowResponseSchema, {
    workflowId: 'w',
    workflowVersionId: 1n,
    workflowInstanceId: 7n,
    workflowRunId: 1n,
    workflowUuid: 'u',
    status: StartStatus.DUPLICATED,
  });
  expect(startResponseToJson(message)).toEqual({
    workflow_id: 'w',
    workflow_version_id: 1n,
    workflow_instance_id: 7n,
    workflow_run_id: 1n,
    workflow_uuid: 'u',
    status: 'DUPLICATED',
  });
});

it('a page names the tokens of both directions', () => {
  const page = create(PageResponseSchema, { nextPageToken: 'older', previousPageToken: 'newer', totalCount: 9n });
  expect(paginationToJson(['a'], page)).toEqual({
    elements: ['a'],
    page_info: { start_cursor: 'newer', end_cursor: 'older', has_previous_page: true, has_next_page: true },
    total_count: 9n,
  });
  const only = create(PageResponseSchema, { totalCount: 1n });
  expect(paginationToJson(['a'], only)['page_info']).toEqual({
    has_previous_page: false,
    has_next_page: false,
    start_index: 1n,
  });
});
