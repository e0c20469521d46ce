import { randomUUID } from 'node:crypto';
import { parsePushRequest } from '@maestro/dsl';
import { pushRequestToProto } from '@maestro/wire';
import { inFlight } from './in-flight.js';
import type { Clients } from './clients.js';

/** PushedWorkflow is a workflow that can be started. */
export interface PushedWorkflow {
  readonly id: string;
  readonly key: bigint;
}

/** The largest number of runs of a workflow that a PARALLEL strategy lets run at once. */
export const MOST_PARALLEL = 1_000;

/** chainOf is a workflow whose steps of one type follow each other; none has params of its own unless given. */
export function chainOf(
  id: string,
  length: number,
  type: string,
  params: object = {},
): { readonly properties: object; readonly workflow: object } {
  const name = (index: number): string => `s${index + 1}`;
  const steps = Array.from({ length }, (_, index) => ({
    step: {
      id: name(index),
      type,
      params,
      ...(index + 1 < length ? { transition: { successors: { [name(index + 1)]: 'true' } } } : {}),
    },
  }));
  return {
    properties: { owner: 'bench', run_strategy: { rule: 'PARALLEL', workflow_concurrency: MOST_PARALLEL } },
    workflow: { id, steps },
  };
}

/** push stores a definition and makes it the active one. */
export async function push({ definition }: Clients, model: object): Promise<PushedWorkflow> {
  const request = parsePushRequest(JSON.stringify(model), 'json');
  const answer = await definition.pushWorkflow(pushRequestToProto(request, randomUUID()));
  if (answer.definition === undefined)
    throw new Error(`the push of ${request.workflow.id} was answered without a definition`);
  return { id: request.workflow.id, key: answer.definition.workflowKey };
}

/** pushSeveral stores as many like workflows as asked for: `id-1`, `id-2`, ... */
export async function pushSeveral(
  clients: Clients,
  count: number,
  make: (suffix: string) => object,
): Promise<PushedWorkflow[]> {
  const pushed: PushedWorkflow[] = [];
  const indices = Array.from({ length: count }, (_, index) => index);
  await inFlight(indices, async (index) => void (pushed[index] = await push(clients, make(`-${index + 1}`))));
  return pushed;
}
