import { compareVersions } from '@maestro/steps';
import type { RegisteredType, StepTypeStore } from '../ports/step-type-store.js';

const MAX_TYPES = 10_000;

/** listStepTypes are the registered types that a tenant may use, by name, newest version first; only `name` unless it is empty. */
export async function listStepTypes(
  store: StepTypeStore,
  tenant: string,
  name: string,
): Promise<readonly RegisteredType[]> {
  const found = name === '' ? await store.all(MAX_TYPES) : await store.ofNames([name]);
  return found.filter(({ type }) => type.tenant === '' || type.tenant === tenant).sort(byNameNewestFirst);
}

function byNameNewestFirst(a: RegisteredType, b: RegisteredType): number {
  const [left, right] = [a.type.name.toLowerCase(), b.type.name.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return compareVersions(b.type.version, a.type.version);
}
