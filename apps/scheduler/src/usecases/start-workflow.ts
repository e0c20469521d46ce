import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { MaestroError, type Initiator, type StartRequest } from '@maestro/domain';
import {
  StartWorkflowRequestSchema,
  type StartWorkflowRequest,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startRequestFromProto, startTargetFromProto } from '@maestro/wire';
import type { Input, StartOutcome } from '../commit/input.js';
import type { DefinitionStore } from '../ports/definition-store.js';

export interface StartWorkflowDeps {
  readonly definitions: DefinitionStore;
  submit(input: Input): void;
}

/** Started is the answer to a start, with whether the definition service was away for it. */
export interface Started extends StartOutcome {
  readonly stale: boolean;
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** startWorkflow resolves the version, which is never cached, and hands the start to the commit loop. */
export async function startWorkflow(
  deps: StartWorkflowDeps,
  message: StartWorkflowRequest,
  caller: string,
  traceparent: string | undefined,
): Promise<Started> {
  const { workflowId, version } = startTargetFromProto(message);
  const request = withCaller(startRequestFromProto(message), caller);
  checkRequestId(request.requestId);
  const resolved = await deps.definitions.resolve(workflowId, version);
  const { seed, stale } = resolved;
  const plan =
    deps.definitions.cachedPlan(seed.workflowKey, resolved.version) ??
    (await deps.definitions.plan(seed.workflowKey, resolved.version));
  const outcome = await new Promise<StartOutcome>((settle, fail) => {
    deps.submit({ kind: 'start', seed, plan, request, requestHash: hashOf(message), traceparent, settle, fail });
  });
  return { ...outcome, stale };
}

function checkRequestId(requestId: string): void {
  if (REQUEST_ID.test(requestId)) return;
  throw new MaestroError('INVALID_REQUEST', `The request id "${requestId.slice(0, 40)}" is not valid.`, {
    violations: [
      { path: 'request_id', message: 'must be 1 to 128 letters, digits and . _ : - (a UUID is a good choice)' },
    ],
  });
}

/** A manual start names who asked, whatever the body says. */
function withCaller(request: StartRequest, caller: string): StartRequest {
  const { initiator } = request;
  if (initiator.type !== 'MANUAL') return request;
  const manual: Initiator = { ...initiator, user: initiator.user ?? { name: caller } };
  return { ...request, initiator: manual };
}

/** The time of the request differs between repeats and does not make them another request. */
function hashOf(message: StartWorkflowRequest): Uint8Array {
  return createHash('sha256')
    .update(toBinary(StartWorkflowRequestSchema, { ...message, requestTime: 0n }))
    .digest();
}
