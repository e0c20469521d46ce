import { MaestroError } from '@maestro/domain';
import type { BreakpointBook } from '../commit/breakpoint-book.js';
import type { BreakpointStore } from '../ports/breakpoint-store.js';

export interface AnnounceDeps {
  readonly book: Pick<BreakpointBook, 'reload'>;
  readonly breakpoints: BreakpointStore;
  readonly replicaId: string;
  /** Ask a replica to read the breakpoints again; rejects when it does not answer in time. */
  tellReplica(replicaId: string, timeoutMs: number): Promise<void>;
}

/** Longer than the lease of a replica: one that has died is no longer waited for within this time. */
const PATIENCE_MS = 8_000;
const ANSWER_MS = 1_000;
const AGAIN_MS = 250;

/**
 * announceBreakpoints resolves when every replica that is alive knows what was committed before. A replica that starts meanwhile says that
 * it lives before it reads. Throws TIMED_OUT.
 */
export async function announceBreakpoints(deps: AnnounceDeps): Promise<void> {
  await deps.book.reload();
  const giveUpAt = performance.now() + PATIENCE_MS;
  const others = (await deps.breakpoints.replicas()).filter((id) => id !== deps.replicaId);
  const told = await Promise.all(others.map((id) => tell(deps, id, giveUpAt)));
  const silent = others.filter((_, index) => told[index] === false);
  if (silent.length === 0) return;
  const message = `It is stored, but these scheduler replicas have not confirmed to know of it: ${silent.join(', ')}. Send the request again.`;
  throw new MaestroError('TIMED_OUT', message);
}

async function tell(deps: AnnounceDeps, replicaId: string, giveUpAt: number): Promise<boolean> {
  while (performance.now() < giveUpAt) {
    try {
      await deps.tellReplica(replicaId, ANSWER_MS);
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      if (!(await deps.breakpoints.replicas()).includes(replicaId)) return true;
    }
  }
  return false;
}
