import { createHash, timingSafeEqual } from 'node:crypto';
import { MaestroError } from '@maestro/domain';

/** WorkerTokens says who may connect as a worker, and for whom. */
export interface WorkerTokens {
  /** The tenant that a worker with this token works for; empty: for all. Throws PERMISSION_DENIED for an unknown token. */
  tenantOf(token: string): string;
}

/**
 * workerTokens reads `token` (for all tenants) and `tenant=token`, separated by commas. Without any, everybody who can reach
 * the executor may be a worker.
 */
export function workerTokens(setting: string): WorkerTokens {
  const known = setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(entryOf);
  return {
    tenantOf: (token) => {
      if (known.length === 0) return '';
      const digest = digestOf(token);
      const found = known.find((each) => timingSafeEqual(each.digest, digest));
      if (found !== undefined) return found.tenant;
      throw new MaestroError(
        'PERMISSION_DENIED',
        'This executor asks workers for a token, and does not know the one in hello. Ask who runs it.',
      );
    },
  };
}

function entryOf(entry: string): { readonly tenant: string; readonly digest: Buffer } {
  const at = entry.indexOf('=');
  return { tenant: at === -1 ? '' : entry.slice(0, at).trim(), digest: digestOf(entry.slice(at + 1).trim()) };
}

/** Digests have one length, so that comparing tells nothing about the token. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
