import { MaestroError, type SignalInstance } from '@maestro/domain';
import type { Signals } from '../ports/signals.js';

/** findSignal reads an instance by number, or the latest for 0. Throws SIGNAL_NOT_FOUND, INVALID_REQUEST. */
export async function findSignal(signals: Signals, name: string, seqId: bigint): Promise<SignalInstance> {
  if (seqId < 0n) {
    const violations = [{ path: 'seq_id', message: 'must be a number from 1, or 0 for the latest' }];
    throw new MaestroError('INVALID_REQUEST', `${seqId} is no number of a signal instance; they begin at 1.`, {
      violations,
    });
  }
  const found = await signals.find(name, seqId === 0n ? undefined : seqId);
  if (found !== undefined) return found;
  const last = await signals.lastSeq(name);
  const message =
    last === 0n
      ? `Signal "${name}" was never announced.`
      : `Signal "${name}" has no instance ${seqId}; its latest is ${last}.`;
  throw new MaestroError('SIGNAL_NOT_FOUND', message, { metadata: { name, latest_seq_id: String(last) } });
}
