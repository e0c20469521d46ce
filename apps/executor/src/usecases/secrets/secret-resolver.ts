import { readSecretReference, writeSecretReference, type SecretReference } from '@maestro/steps';
import { LRUCache } from 'lru-cache';
import { UnresolvedSecret, type SecretProvider } from '../../ports/secret-provider.js';
import { isAllowed, type SecretRule } from './secret-policy.js';

export interface SecretResolverOptions {
  readonly providers: readonly SecretProvider[];
  readonly rules: readonly SecretRule[];
  /** How long a secret may be used without asking for it again; milliseconds. */
  readonly cacheMs: number;
}

const CACHED_SECRETS = 1_000;
/** Shorter ones could not be masked without making logs unreadable. */
const MIN_CHARS = 4;

/** SecretResolver turns references into secrets, which it keeps in memory alone, and there briefly. */
export class SecretResolver {
  private readonly cache: LRUCache<string, Promise<string>>;

  constructor(private readonly options: SecretResolverOptions) {
    this.cache = new LRUCache({ max: CACHED_SECRETS, ttl: options.cacheMs });
  }

  /** resolve answers with the secret that a reference in a step of the tenant names; rejects with UnresolvedSecret. */
  async resolve(tenant: string, text: string): Promise<string> {
    const reference = readSecretReference(text);
    if (typeof reference === 'string') throw new UnresolvedSecret('user', `${quoted(text)}: ${reference}.`);
    if (!isAllowed(this.options.rules, tenant, reference)) throw notAllowed(tenant, reference);
    const known = this.options.cacheMs === 0 ? undefined : this.cache.get(text);
    if (known !== undefined) return known;
    const fetched = this.fetch(reference);
    this.cache.set(text, fetched);
    fetched.catch(() => this.cache.delete(text));
    return fetched;
  }

  private async fetch(reference: SecretReference): Promise<string> {
    const provider = this.options.providers.find(({ name }) => name === reference.provider);
    if (provider === undefined) {
      throw new UnresolvedSecret(
        'user',
        `This executor has no secrets of ${reference.provider}, which ${writeSecretReference(reference)} asks for.`,
      );
    }
    const secret = await provider.fetch(reference);
    if (secret.length >= MIN_CHARS) return secret;
    throw new UnresolvedSecret(
      'user',
      `The secret ${writeSecretReference(reference)} has fewer than ${MIN_CHARS} characters, so that it could not be masked.`,
    );
  }
}

function notAllowed(tenant: string, reference: SecretReference): UnresolvedSecret {
  return new UnresolvedSecret(
    'user',
    `Steps of tenant ${tenant} may not use the secret ${writeSecretReference(reference)} here. To allow it add ` +
      `${tenant}:${reference.provider}/${reference.path} to MAESTRO_EXECUTOR_SECRETS_ALLOW of the executor.`,
  );
}

/** What follows the scheme may be anything, also something that was pasted by mistake. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
