import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { UnresolvedSecret } from '../../ports/secret-provider.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../../runtimes/runtime.js';
import { Mask } from './mask.js';
import { MaskedContext } from './masked-context.js';
import { maskedResult } from './masked-result.js';
import type { SecretResolver } from './secret-resolver.js';
import { mayHoldReferences, referencesIn, withValues } from './task-secrets.js';

/**
 * withSecrets is a runtime whose tasks have secrets where their params name them. The params are resolved in a copy of the
 * task at the last moment; whatever the step says afterwards (log, artifacts, outputs, message) is masked.
 */
export function withSecrets(runtime: Runtime, resolver: Pick<SecretResolver, 'resolve'>): Runtime {
  const start = (task: Task, context: RuntimeContext): Promise<RuntimeResult> =>
    mayHoldReferences(task) ? startResolved(runtime, resolver, task, context) : runtime.start(task, context);
  return Object.assign(Object.create(runtime) as Runtime, { start });
}

async function startResolved(
  runtime: Runtime,
  resolver: Pick<SecretResolver, 'resolve'>,
  task: Task,
  context: RuntimeContext,
): Promise<RuntimeResult> {
  const references = referencesIn(task);
  if (references.length === 0) return runtime.start(task, context);
  let secrets: ReadonlyMap<string, string>;
  try {
    secrets = await resolveAll(resolver, task.tenant, references);
  } catch (error) {
    return unresolved(error);
  }
  return startMasked(runtime, withValues(task, secrets), context, new Mask([...secrets.values()]));
}

async function resolveAll(
  resolver: Pick<SecretResolver, 'resolve'>,
  tenant: string,
  references: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const secrets = await Promise.all(references.map((reference) => resolver.resolve(tenant, reference)));
  return new Map(references.map((reference, index) => [reference, secrets[index] ?? '']));
}

async function startMasked(runtime: Runtime, task: Task, context: RuntimeContext, mask: Mask): Promise<RuntimeResult> {
  const masked = new MaskedContext(context, mask);
  try {
    return maskedResult(mask, await runtime.start(task, masked));
  } catch (error) {
    // Whoever reports it quotes its message.
    throw new Error(mask.text(error instanceof Error ? error.message : String(error)));
  } finally {
    masked.end();
  }
}

function unresolved(error: unknown): RuntimeResult {
  if (!(error instanceof UnresolvedSecret)) throw error;
  return { outcome: error.fault === 'user' ? 'USER_ERROR' : 'PLATFORM_ERROR', message: error.message };
}
