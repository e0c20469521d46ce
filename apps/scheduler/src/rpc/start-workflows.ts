import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  SchedulerService,
  type StartWorkflowsRequest,
  type StartWorkflowsResponseSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { StartWorkflowDeps } from '../usecases/start-workflow.js';
import { start } from './start-workflow.js';

type Answer = MessageInitShape<typeof StartWorkflowsResponseSchema>;

/** Starts under way at once on one stream: the bound that makes a fast sender wait. */
const WINDOW = 1_000;

/** startWorkflowsRpc serves StartWorkflows: many starts are under way at once, the answers come in their order. */
export function startWorkflowsRpc(
  deps: StartWorkflowDeps & { now(): number },
): Handler<typeof SchedulerService.method.startWorkflows> {
  return async function* (requests, context) {
    const window: Promise<Answer>[] = [];
    const reader = requests[Symbol.asyncIterator]();
    let next: Promise<IteratorResult<StartWorkflowsRequest>> | undefined = reader.next();
    while (next !== undefined || window.length > 0) {
      const head = window[0];
      // Whatever comes first: another request, while there is room for it, or the oldest answer.
      const taken = await firstOf(window.length < WINDOW ? next : undefined, head);
      if (taken.kind === 'answer') {
        window.shift();
        yield taken.answer;
      } else if (taken.result.done === true) next = undefined;
      else {
        window.push(startOne(deps, taken.result.value, context));
        next = reader.next();
      }
    }
  };
}

type First =
  | { readonly kind: 'request'; readonly result: IteratorResult<StartWorkflowsRequest> }
  | { readonly kind: 'answer'; readonly answer: Answer };

function firstOf(
  request: Promise<IteratorResult<StartWorkflowsRequest>> | undefined,
  answer: Promise<Answer> | undefined,
): Promise<First> {
  const candidates: Promise<First>[] = [];
  if (request !== undefined) candidates.push(request.then((result) => ({ kind: 'request', result })));
  if (answer !== undefined) candidates.push(answer.then((value) => ({ kind: 'answer', answer: value })));
  return Promise.race(candidates);
}

async function startOne(
  deps: StartWorkflowDeps & { now(): number },
  request: StartWorkflowsRequest,
  context: CallContext,
): Promise<Answer> {
  try {
    if (request.start === undefined) throw new MaestroError('INVALID_REQUEST', 'The message has no start.');
    return { outcome: { case: 'started', value: await start(deps, request.start, context) } };
  } catch (error) {
    const known = error instanceof MaestroError;
    const failure = {
      code: known ? error.code : 'INTERNAL',
      message: known ? error.message : 'The start failed; the log has the cause.',
    };
    return { outcome: { case: 'failure', value: failure } };
  }
}
