import { createHash, randomBytes } from 'node:crypto';

/** NewToken is a token and all that is kept of it. */
export interface NewToken {
  readonly token: string;
  readonly hash: Uint8Array;
}

const TOKEN_BYTES = 32;

/** newToken makes a token that nobody can guess. */
export function newToken(): NewToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** hashOf is what is stored of a token: it cannot be turned back. */
export function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
