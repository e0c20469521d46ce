/** Names of headers that carry secrets. */
const SECRET = /auth|cookie|token|secret|key|password/i;
const IDEMPOTENCY_KEY = 'idempotency-key';

/** isSecretHeader: the value reaches no artifact, and is not carried to another origin by a redirect. */
export function isSecretHeader(name: string): boolean {
  return name.toLowerCase() !== IDEMPOTENCY_KEY && SECRET.test(name);
}
