/** A receiver may not put us off for longer. */
const MOST_MS = 24 * 3_600_000;

/** retryAfterMs reads the header Retry-After (RFC 9110 §10.2.3): seconds, or a date. Undefined for none or nonsense. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) || ms <= 0 ? undefined : Math.min(ms, MOST_MS);
}
