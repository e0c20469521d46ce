import type { SecretProvider } from '../../ports/secret-provider.js';
import { envSecrets } from './env-secrets.js';
import { fileSecrets } from './file-secrets.js';
import { kubernetesSecrets, type KubernetesSecretOptions } from './kubernetes-secrets.js';
import { vaultSecrets, type VaultOptions } from './vault-secrets.js';

export interface SecretPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of files; undefined: none. */
  readonly dir: string | undefined;
  readonly kubernetes: KubernetesSecretOptions;
  readonly vault: VaultOptions | undefined;
}

/** secretProviders are the places that this executor takes secrets from. */
export function secretProviders({ environment, dir, kubernetes, vault }: SecretPlaces): readonly SecretProvider[] {
  return [
    envSecrets(environment),
    ...(dir === undefined ? [] : [fileSecrets(dir)]),
    kubernetesSecrets(kubernetes),
    ...(vault === undefined ? [] : [vaultSecrets(vault)]),
  ];
}
