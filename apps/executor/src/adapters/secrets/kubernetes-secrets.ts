import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretReference } from '@maestro/steps';
import type { SecretProvider } from '../../ports/secret-provider.js';
import { remoteSecret } from './remote-secret.js';
import { secretField, unknownSecret } from './secret-field.js';

export interface KubernetesSecretOptions {
  /** `https://kubernetes.default.svc` */
  readonly url: string;
  /** Folder of the mounted service account: `token`, `ca.crt` and `namespace`. */
  readonly accountDir: string;
}

/**
 * kubernetesSecrets reads Secrets of a cluster through its API server: `secret://kubernetes/<namespace>/<name>#<key>`, or
 * without a namespace those of the executor's own.
 */
export function kubernetesSecrets(options: KubernetesSecretOptions): SecretProvider {
  return {
    name: 'kubernetes',
    fetch: async (reference) => {
      const secret = await remoteSecret('Kubernetes', reference, () => question(options, reference));
      const encoded = secretField(reference, (secret as { data?: unknown } | null)?.data);
      return Buffer.from(encoded, 'base64').toString('utf8');
    },
  };
}

async function question({ url, accountDir }: KubernetesSecretOptions, reference: SecretReference) {
  const account = (name: string): Promise<string> => readFile(join(accountDir, name), 'utf8');
  const [first = '', second, ...rest] = reference.path.split('/');
  if (rest.length > 0) throw unknownSecret(reference, 'its path has to be <namespace>/<name>');
  const namespace = second === undefined ? (await account('namespace')).trim() : first;
  const ca = await account('ca.crt').catch(() => undefined);
  return {
    url: `${url.replace(/\/+$/, '')}/api/v1/namespaces/${namespace}/secrets/${second ?? first}`,
    headers: { Authorization: `Bearer ${(await account('token')).trim()}`, Accept: 'application/json' },
    ...(ca === undefined ? {} : { ca }),
  };
}
