import type { Statement } from '@maestro/postgres';
import { insertEnds, type SignalEnd } from './signal-ends.js';

/** insertProducers notes which workflows announce signals. */
export function insertProducers(ends: readonly SignalEnd[]): Statement {
  return insertEnds('signal_producer', ends);
}
