import { MaestroError, type Millis, type WorkerType } from '@maestro/domain';
import { workerTypeKey, workerTypeViolations } from '@maestro/steps';
import { encodeParamDefinitions } from '@maestro/wire';
import type { RegisteredType, StepTypeStore } from '../ports/step-type-store.js';
import type { Clock } from '../ports/clock.js';

const MAX_TYPES = 1_000;

/**
 * registerStepTypes makes types of workers known to definitions. Throws INVALID_REQUEST for a name that cannot be one, CONFLICT
 * for a version that is registered with other params and for a name that belongs to another tenant.
 */
export async function registerStepTypes(
  { stepTypes, clock }: { readonly stepTypes: StepTypeStore; readonly clock: Clock },
  types: readonly WorkerType[],
): Promise<void> {
  if (types.length > MAX_TYPES) throw invalid(`At most ${MAX_TYPES} step types are registered at once.`, []);
  const violations = types.flatMap((type, index) =>
    workerTypeViolations(type).map((each) => ({ ...each, path: `types[${index}].${each.path}` })),
  );
  const [first] = violations;
  if (first !== undefined) throw invalid(`${first.path}: ${first.message}`, violations);
  await refuseConflicts(await stepTypes.ofNames(types.map(({ name }) => name)), types);
  const now: Millis = Math.trunc(clock.now());
  await refuseConflicts(await stepTypes.register(types, now), types);
}

function invalid(message: string, violations: ReturnType<typeof workerTypeViolations>): MaestroError {
  return new MaestroError('INVALID_REQUEST', message, { violations });
}

async function refuseConflicts(stored: readonly RegisteredType[], types: readonly WorkerType[]): Promise<void> {
  for (const type of types) {
    const sameName = stored.filter((each) => each.type.name.toLowerCase() === type.name.toLowerCase());
    const foreign = sameName.find((each) => each.type.tenant !== type.tenant);
    if (foreign !== undefined) throw taken(type);
    const same = sameName.find((each) => each.type.version === type.version);
    if (same !== undefined && contentOf(same.type) !== contentOf(type)) throw changed(type);
  }
}

/** What must not change under one version; the documentation may. */
function contentOf({ params, outputs }: WorkerType): string {
  return `${Buffer.from(encodeParamDefinitions(params)).toString('utf8')} ${outputs.join(' ')}`;
}

function taken({ name }: WorkerType): MaestroError {
  return new MaestroError('CONFLICT', `The step type "${name}" belongs to another tenant: choose another name.`);
}

function changed(type: WorkerType): MaestroError {
  return new MaestroError(
    'CONFLICT',
    `The step type ${workerTypeKey(type)} is registered with other params or outputs. Give the changed type another version: runs of workflows that use version ${type.version} rely on it.`,
  );
}
