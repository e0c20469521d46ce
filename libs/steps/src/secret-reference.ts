/** SECRET_SCHEME begins a param value that stands for a secret. */
export const SECRET_SCHEME = 'secret://';

/** SECRET_PROVIDERS are the places that secrets can come from; which of them an executor has is its operator's choice. */
export const SECRET_PROVIDERS = ['env', 'file', 'kubernetes', 'vault'] as const;

export type SecretProviderName = (typeof SECRET_PROVIDERS)[number];

/** SecretReference names a secret: `secret://<provider>/<path>` or, for one field of it, `secret://<provider>/<path>#<key>`. */
export interface SecretReference {
  readonly provider: SecretProviderName;
  readonly path: string;
  readonly key?: string;
}

const SHAPE = /^secret:\/\/([^/#]*)\/([^#]*)(?:#(.*))?$/s;
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const KEY = /^[A-Za-z0-9._-]+$/;
/** Providers whose secrets are maps: a reference has to say which entry it means. */
const KEYED: ReadonlySet<SecretProviderName> = new Set(['kubernetes', 'vault']);
const FORM = 'a reference is written secret://<provider>/<path>#<key>';

/** isSecretReference says whether a whole param value stands for a secret (it may still be written wrongly). */
export function isSecretReference(value: string): boolean {
  return value.startsWith(SECRET_SCHEME);
}

/** readSecretReference takes a reference apart; a text says what is wrong with it. */
export function readSecretReference(value: string): SecretReference | string {
  const [, name = '', path = '', key] = SHAPE.exec(value) ?? [];
  const provider = SECRET_PROVIDERS.find((known) => known === name);
  if (provider === undefined) {
    return `"${name}" is no provider of secrets (${SECRET_PROVIDERS.join(', ')}); ${FORM}`;
  }
  // Segments cannot begin with a dot: none can climb out of a folder.
  if (!path.split('/').every((segment) => SEGMENT.test(segment))) {
    return `the path "${path}" of the secret has to be names (letters, digits, . _ -) separated by /; ${FORM}`;
  }
  if (key === undefined && KEYED.has(provider)) return `secrets of ${provider} need a #<key>; ${FORM}`;
  if (key !== undefined && !KEY.test(key)) return `"${key}" cannot be the key of a secret; ${FORM}`;
  return { provider, path, ...(key === undefined ? {} : { key }) };
}

/** writeSecretReference is the text of a reference. */
export function writeSecretReference({ provider, path, key }: SecretReference): string {
  return `${SECRET_SCHEME}${provider}/${path}${key === undefined ? '' : `#${key}`}`;
}

/**
 * secretProblem says what is wrong with the use of secret references in a literal text; undefined when nothing is. A part
 * that is interpolated is known only later and not looked at.
 */
export function secretProblem(literal: string): string | undefined {
  if (!literal.includes(SECRET_SCHEME)) return undefined;
  if (!isSecretReference(literal) || literal.indexOf(SECRET_SCHEME, 1) > 0) {
    return 'has a secret reference inside a longer text, where it is not resolved: give the reference a param of its own';
  }
  if (literal.includes('$')) return undefined;
  const reference = readSecretReference(literal);
  return typeof reference === 'string' ? reference : undefined;
}
