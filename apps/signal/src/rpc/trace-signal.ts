import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { signalInstanceToProto, signalStepToProto } from '@maestro/wire';
import { findSignal } from '../usecases/find-signal.js';
import { LINEAGE_LIMIT, type LineageDeps } from './lineage-deps.js';
import { firingToProto } from './lineage-messages.js';

/** traceSignalRpc serves TraceSignal. */
export function traceSignalRpc({ lineage, signals }: LineageDeps): Handler<typeof LineageService.method.traceSignal> {
  return async ({ name, seqId }) => {
    const signal = await findSignal(signals, name, seqId);
    const { freed, fired } = await lineage.consumersOf(name, signal.seqId, LINEAGE_LIMIT);
    return {
      signal: signalInstanceToProto(signal),
      freed: freed.map(({ step, matchTime }) => ({ step: signalStepToProto(step), matchTime: BigInt(matchTime) })),
      fired: fired.map(firingToProto),
    };
  };
}
