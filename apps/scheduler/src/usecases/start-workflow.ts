import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { StartWorkflowRequest } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { UserSchema } from '@maestro/proto/maestro/types/v1/common';
import { startRequestFromProto, startTargetFromProto } from '@maestro/wire';
import { encodeStart } from '../commit/encode/encode-start.js';
import type { Input, StartInput, StartOutcome } from '../commit/input.js';
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
  nameCaller(message, caller);
  const request = startRequestFromProto(message);
  checkRequestId(request.requestId);
  return submitStart(deps, { workflowId, version }, { request, ...encodeStart(message), traceparent });
}

/** submitStart resolves the version of a start and resolves when the commit loop has answered it. */
export async function submitStart(
  deps: StartWorkflowDeps,
  { workflowId, version }: { readonly workflowId: string; readonly version: string },
  start: Pick<StartInput, 'request' | 'origin' | 'requestHash' | 'traceparent' | 'child'>,
): Promise<Started> {
  const resolved = await deps.definitions.resolve(workflowId, version);
  const { seed, stale, templateRevision } = resolved;
  const plan =
    deps.definitions.cachedPlan(seed.workflowKey, resolved.version, templateRevision) ??
    (await deps.definitions.plan(seed.workflowKey, resolved.version, templateRevision));
  const outcome = await new Promise<StartOutcome>((settle, fail) => {
    deps.submit({ kind: 'start', seed, plan, ...start, settle, fail });
  });
  return { ...outcome, stale };
}

/** checkRequestId: throws INVALID_REQUEST for an id that no row could hold. */
export function checkRequestId(requestId: string): void {
  if (REQUEST_ID.test(requestId)) return;
  throw new MaestroError('INVALID_REQUEST', `The request id "${requestId.slice(0, 40)}" is not valid.`, {
    violations: [
      { path: 'request_id', message: 'must be 1 to 128 letters, digits and . _ : - (a UUID is a good choice)' },
    ],
  });
}

/** A manual start that names nobody is its caller's. */
function nameCaller({ initiator }: StartWorkflowRequest, caller: string): void {
  if (initiator?.kind.case === 'manual') initiator.kind.value.user ??= create(UserSchema, { name: caller });
}
