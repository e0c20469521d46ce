import { writeSecretReference, type SecretReference } from '@maestro/steps';
import { UnresolvedSecret } from '../../ports/secret-provider.js';

/** unknownSecret is the error of a reference to what is not there. */
export function unknownSecret(reference: SecretReference, what: string): UnresolvedSecret {
  return new UnresolvedSecret('user', `There is no secret ${writeSecretReference(reference)}: ${what}.`);
}

/** secretField takes the text of one key out of a secret that is a map. */
export function secretField(reference: SecretReference, map: unknown): string {
  const { key = '' } = reference;
  const isMap = typeof map === 'object' && map !== null && !Array.isArray(map);
  const value = isMap && Object.hasOwn(map, key) ? (map as Record<string, unknown>)[key] : undefined;
  if (value === undefined) throw unknownSecret(reference, `it has no key "${key}"`);
  if (typeof value !== 'string') throw unknownSecret(reference, `its key "${key}" is not a text`);
  return value;
}
