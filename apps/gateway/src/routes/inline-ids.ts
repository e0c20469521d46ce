import { type Json, MaestroError } from '@maestro/domain';
import { stepInstanceToJson, workflowInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/**
 * getInlineWorkflowId: GET /workflows/instances/inline-workflow-id; the id of the workflow that the iterations of a loop belong to. The loop is
 * named by the query, or as in the original by a body: the path of nodes to it, of which the last one counts. Not only for foreach, as there.
 */
export const getInlineWorkflowId: Handler = async (call, { scheduler }) => {
  const { workflowId, instanceId, stepId } = await loopOf(call);
  const request = { run: { workflowId, workflowInstanceId: instanceId }, stepId, attempt: 0, enriched: false };
  const { step } = await scheduler.getStep(request, call.options);
  const id = inlineIdOf(stepInstanceToJson(expected(step, 'step')));
  if (id === undefined)
    throw new MaestroError(
      'INVALID_REQUEST',
      `Step ${stepId} of ${workflowId}/${instanceId} is no loop that has begun.`,
      {
        violations: [{ path: 'step_id', message: 'must name a foreach or while that has begun' }],
      },
    );
  return ok(() => ({ workflow_id: id }));
};

/** getInlinePath: GET .../instances/{instance}/inline-path; the steps around an iteration, outermost first; empty for what no step started. */
export const getInlinePath: Handler = async (call, { scheduler }) => {
  const answer = await scheduler.getInstance({ run: runOf(call), enriched: false }, call.options);
  const { initiator } = workflowInstanceToJson(expected(answer.instance, 'instance')) as {
    readonly initiator?: { readonly ancestors?: Json };
  };
  return ok(() => initiator?.ancestors ?? []);
};

interface Loop {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly stepId: string;
}

async function loopOf(call: RestCall): Promise<Loop> {
  const { query } = call;
  if (query.text('workflowId') === '') return lastNode(await call.json());
  return {
    workflowId: query.text('workflowId'),
    instanceId: query.natural('instanceId'),
    stepId: query.text('stepId'),
  };
}

function lastNode(body: Json): Loop {
  const node = Array.isArray(body) ? (body.at(-1) as Json | undefined) : body;
  const fields = typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>) : {};
  const { workflow_id: workflowId, instance_id: instanceId, step_id: stepId } = fields;
  if (typeof workflowId === 'string' && typeof instanceId === 'bigint' && typeof stepId === 'string')
    return { workflowId, instanceId, stepId };
  throw new MaestroError(
    'INVALID_REQUEST',
    'The body must be a path of nodes with workflow_id, instance_id and step_id.',
  );
}

function inlineIdOf(step: object): string | undefined {
  const { artifacts = {} } = step as {
    readonly artifacts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const id = artifacts['maestro_foreach']?.['foreach_workflow_id'] ?? artifacts['maestro_while']?.['loop_workflow_id'];
  return typeof id === 'string' ? id : undefined;
}
