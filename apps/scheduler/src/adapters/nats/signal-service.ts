import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { SIGNAL_STEPS, type Messaging } from '@maestro/messaging';
import {
  StepSignalBatchSchema,
  StepSignalReplySchema,
  StepSignalRequestSchema,
  type StepSignalRequest,
  type StepSignalResult,
} from '@maestro/proto/maestro/signal/v1/step_signals';
import { announcedSignalToProto, awaitedSignalToProto, signalParamsFromProto, signalStepToProto } from '@maestro/wire';
import type { SignalAct, SignalAnswer, SignalAsk, SignalService } from '../../ports/signal-service.js';

/** Without an answer in that time it is asked again by the engine's timer. */
const TIMEOUT_MS = 4_000;

/** natsSignalService talks to the signal service by NATS request and reply; matches come back to the named replica. */
export function natsSignalService(messaging: Messaging, replicaId: string): SignalService {
  return {
    ask: async (asks) => {
      const requests = asks.map((ask) => requestOf(ask, replicaId));
      const data = toBinary(StepSignalBatchSchema, create(StepSignalBatchSchema, { requests }));
      const reply = await messaging.request(SIGNAL_STEPS, data, { timeoutMs: TIMEOUT_MS });
      return fromBinary(StepSignalReplySchema, reply).results.map(answerOf);
    },
  };
}

function requestOf({ runKey, ordinal, attempt, tenant, step, act }: SignalAsk, replicaId: string): StepSignalRequest {
  return create(StepSignalRequestSchema, {
    key: { runKey, ordinal, attempt },
    step: signalStepToProto(step),
    tenant,
    act: actOf(act, replicaId),
  });
}

function actOf(act: SignalAct, replicaId: string): StepSignalRequest['act'] {
  switch (act.kind) {
    case 'open': {
      const dependencies = act.dependencies.map(awaitedSignalToProto);
      return { case: 'open', value: { $typeName: 'maestro.signal.v1.OpenWaits', dependencies, replicaId } };
    }
    case 'close':
      return { case: 'close', value: { $typeName: 'maestro.signal.v1.CloseWaits' } };
    case 'announce': {
      const outputs = act.outputs.map(announcedSignalToProto);
      return { case: 'announce', value: { $typeName: 'maestro.signal.v1.AnnounceOutputs', outputs } };
    }
  }
}

function answerOf({ matched, announced, refused }: StepSignalResult): SignalAnswer {
  return {
    matched: matched.map(({ index, signalId, params }) => ({
      index,
      signalId,
      params: signalParamsFromProto(params),
    })),
    announced: announced.map(({ signalId, time }) => ({ signalId, time: Number(time) })),
    ...(refused === '' ? {} : { refused }),
  };
}
