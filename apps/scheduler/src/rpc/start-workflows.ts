import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  SchedulerService,
  type StartWorkflowsRequest,
  type StartWorkflowsResponseSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { StartWorkflowDeps } from '../usecases/start-workflow.js';
import { OrderedWindow } from './ordered-window.js';
import { start } from './start-workflow.js';

type Answer = MessageInitShape<typeof StartWorkflowsResponseSchema>;
type Deps = StartWorkflowDeps & { now(): number };

/** Starts under way at once on one stream: the bound that makes a fast sender wait. */
const WINDOW = 1_000;

/** startWorkflowsRpc serves StartWorkflows: many starts are under way at once, the answers come in their order. */
export function startWorkflowsRpc(deps: Deps): Handler<typeof SchedulerService.method.startWorkflows> {
  return async function* (requests, context) {
    const window = new OrderedWindow<Answer>(WINDOW);
    void window.fill(requests, (request) => startOne(deps, request, context));
    yield* window.results();
  };
}

async function startOne(deps: Deps, { start: request }: StartWorkflowsRequest, context: CallContext): Promise<Answer> {
  try {
    if (request === undefined) throw new MaestroError('INVALID_REQUEST', 'The message has no start.');
    return { outcome: { case: 'started', value: await start(deps, request, context) } };
  } catch (error) {
    const known = error instanceof MaestroError;
    const message = known ? error.message : 'The start failed; the log has the cause.';
    return { outcome: { case: 'failure', value: { code: known ? error.code : 'INTERNAL', message } } };
  }
}
