import type { SecretProviderName, SecretReference } from '@maestro/steps';

/**
 * UnresolvedSecret says why a reference could not be turned into its secret: the `user` names one that is not there or not
 * allowed, or the `platform` that keeps it cannot be asked. The message never holds a part of a secret.
 */
export class UnresolvedSecret extends Error {
  override readonly name = 'UnresolvedSecret';

  constructor(
    readonly fault: 'user' | 'platform',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** SecretProvider is one place that secrets come from. */
export interface SecretProvider {
  readonly name: SecretProviderName;
  /** fetch answers with the secret, or rejects with UnresolvedSecret. */
  fetch(reference: SecretReference): Promise<string>;
}
