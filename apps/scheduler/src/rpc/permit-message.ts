import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import type { PermitUserSchema, TagPermitSchema } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { instantToProto, jsonObjectToProto } from '@maestro/wire';
import type { PermitUser, TagPermit } from '../ports/permit-reader.js';
import type { TagKey } from '../rows/permit-rows.js';

/** Metadata key that names the tenant of a call. */
const TENANT_KEY = 'maestro-tenant';

/** tenantOf is the tenant that a request means: the one it names, else that of its caller, else `default`. */
export function tenantOf(tenant: string, { metadata }: Pick<CallContext, 'metadata'>): string {
  const [ofCaller] = metadata.get(TENANT_KEY);
  return tenant || (typeof ofCaller === 'string' ? ofCaller : '') || 'default';
}

/** tagOf reads which tag a request is about. Throws INVALID_REQUEST. */
export function tagOf(
  { tenant, tag }: { readonly tenant: string; readonly tag: string },
  context: Pick<CallContext, 'metadata'>,
): TagKey {
  if (tag !== '') return { tenant: tenantOf(tenant, context), name: tag };
  throw new MaestroError('INVALID_REQUEST', 'The request does not name a tag.', {
    violations: [{ path: 'tag', message: 'is required' }],
  });
}

/** permitToProto is a limit as callers see it. */
export function permitToProto(permit: TagPermit): MessageInitShape<typeof TagPermitSchema> {
  const { tenant, name, limit, held, waiting, extra, modifyTime } = permit;
  return {
    tag: name,
    tenant,
    maxAllowed: limit,
    held,
    waiting: BigInt(waiting),
    extraInfo: jsonObjectToProto(extra),
    modifyTime: instantToProto(modifyTime),
  };
}

/** permitUserToProto is who holds a permit or waits for it. */
export function permitUserToProto(user: PermitUser): MessageInitShape<typeof PermitUserSchema> {
  return {
    workflowId: user.workflowId,
    workflowInstanceId: user.instanceId,
    workflowRunId: user.runId,
    stepId: user.stepId,
    stepAttemptId: user.attempt,
    askTime: instantToProto(user.since),
  };
}
