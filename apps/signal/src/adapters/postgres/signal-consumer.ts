import type { Statement } from '@maestro/postgres';
import { insertEnds, type SignalEnd } from './signal-ends.js';

/** insertConsumers notes whose steps wait for signals. */
export function insertConsumers(ends: readonly SignalEnd[]): Statement {
  return insertEnds('signal_consumer', ends);
}
