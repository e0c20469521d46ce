import type { SecretProvider } from '../../ports/secret-provider.js';
import { jsonMap } from './json-map.js';
import { secretField, unknownSecret } from './secret-field.js';

/** The executor's own settings, among them the password of the database: never for steps. */
const OWN = /^MAESTRO_/;

/** envSecrets takes secrets from the executor's environment: `secret://env/<NAME>`. */
export function envSecrets(environment: Readonly<Record<string, string | undefined>>): SecretProvider {
  return {
    name: 'env',
    fetch: async (reference) => {
      const value = OWN.test(reference.path) ? undefined : environment[reference.path];
      if (value === undefined) throw unknownSecret(reference, 'the executor has no such variable');
      return reference.key === undefined ? value : secretField(reference, jsonMap(value));
    },
  };
}
