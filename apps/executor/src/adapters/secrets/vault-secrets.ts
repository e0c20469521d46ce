import { readFile } from 'node:fs/promises';
import type { SecretReference } from '@maestro/steps';
import type { SecretProvider } from '../../ports/secret-provider.js';
import { remoteSecret } from './remote-secret.js';
import { secretField } from './secret-field.js';

export interface VaultOptions {
  /** `https://vault.example.com:8200` */
  readonly url: string;
  /** File with the token, read anew each time, so that an agent may renew it. Wins over `token`. */
  readonly tokenFile: string | undefined;
  readonly token: string | undefined;
  readonly namespace: string | undefined;
}

/** vaultSecrets reads version 2 key-value engines of Vault: `secret://vault/<mount>/<path>#<key>`. */
export function vaultSecrets(options: VaultOptions): SecretProvider {
  return {
    name: 'vault',
    fetch: async (reference) => {
      const document = await remoteSecret('Vault', reference, async () => ({
        url: `${options.url.replace(/\/+$/, '')}/v1/${dataPath(reference)}`,
        headers: { 'X-Vault-Token': await token(options), ...namespaceOf(options) },
      }));
      return secretField(reference, (document as { data?: { data?: unknown } } | null)?.data?.data);
    },
  };
}

/** The first segment is the mount; the engine puts `data` behind it. */
function dataPath({ path }: SecretReference): string {
  const [mount = '', ...rest] = path.split('/');
  return [mount, 'data', ...rest].map(encodeURIComponent).join('/');
}

async function token({ token: given = '', tokenFile }: VaultOptions): Promise<string> {
  return tokenFile === undefined ? given : (await readFile(tokenFile, 'utf8')).trim();
}

function namespaceOf({ namespace }: VaultOptions): Record<string, string> {
  return namespace === undefined ? {} : { 'X-Vault-Namespace': namespace };
}
