import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  SchedulerService,
  type StartOutcomeSchema,
  type StartWorkflowRequest,
  type StartWorkflowsRequest,
  type StartWorkflowsResponseSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { StartWorkflowDeps } from '../usecases/start-workflow.js';
import { OrderedWindow } from './ordered-window.js';
import { start } from './start-workflow.js';

type Answer = MessageInitShape<typeof StartWorkflowsResponseSchema>;
type Outcome = MessageInitShape<typeof StartOutcomeSchema>;

/** Messages under way at once on one stream: the bound that makes a fast sender wait. */
const WINDOW = 20;
const MAX_STARTS = 500;

/** startWorkflowsRpc serves StartWorkflows: many starts are under way at once, the answers come in their order. */
export function startWorkflowsRpc(deps: StartWorkflowDeps): Handler<typeof SchedulerService.method.startWorkflows> {
  return async function* (requests, context) {
    const window = new OrderedWindow<Answer>(WINDOW);
    void window.fill(requests, (request) => startAll(deps, request, context));
    yield* window.results();
  };
}

async function startAll(
  deps: StartWorkflowDeps,
  { starts }: StartWorkflowsRequest,
  context: CallContext,
): Promise<Answer> {
  if (starts.length > MAX_STARTS) {
    const message = `A message may carry ${String(MAX_STARTS)} starts, this one has ${String(starts.length)}.`;
    throw new MaestroError('INVALID_REQUEST', message, { violations: [{ path: 'starts', message: 'are too many' }] });
  }
  return { outcomes: await Promise.all(starts.map((request) => startOne(deps, request, context))) };
}

async function startOne(
  deps: StartWorkflowDeps,
  request: StartWorkflowRequest,
  context: CallContext,
): Promise<Outcome> {
  try {
    const { response } = await start(deps, request, context);
    return { outcome: { case: 'started', value: response } };
  } catch (error) {
    const known = error instanceof MaestroError;
    const message = known ? error.message : 'The start failed; the log has the cause.';
    return { outcome: { case: 'failure', value: { code: known ? error.code : 'INTERNAL', message } } };
  }
}
