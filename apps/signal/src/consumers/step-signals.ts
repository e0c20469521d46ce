import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  StepSignalBatchSchema,
  StepSignalReplySchema,
  StepSignalResultSchema,
  type StepSignalRequest,
  type StepSignalResult,
} from '@maestro/proto/maestro/signal/v1/step_signals';
import {
  announcedSignalFromProto,
  awaitedSignalFromProto,
  signalParamsToProto,
  signalStepFromProto,
} from '@maestro/wire';
import { answerSteps, type StepAnswer, type StepAsk, type StepSignalsDeps } from '../usecases/step-signals.js';

/** takeStepSignals answers what schedulers ask for attempts of steps, once all of it is committed. */
export async function takeStepSignals(deps: StepSignalsDeps, data: Uint8Array): Promise<Uint8Array> {
  const { requests } = fromBinary(StepSignalBatchSchema, data);
  const asks = requests.map(askOf);
  const known = asks.filter((ask) => ask !== undefined);
  const answers = await answerSteps(deps, known);
  let next = 0;
  const results = asks.map((ask) => resultOf(ask === undefined ? UNKNOWN : (answers[next++] ?? {})));
  return toBinary(StepSignalReplySchema, create(StepSignalReplySchema, { results }));
}

/** Asked by a scheduler of a newer release. */
const UNKNOWN: StepAnswer = { refused: 'This signal service does not know what the scheduler asks for: update it.' };

function askOf({ key, step, tenant, act }: StepSignalRequest): StepAsk | undefined {
  if (key === undefined || step === undefined) return undefined;
  const { runKey, ordinal, attempt } = key;
  const attemptKey = { runKey, ordinal, attempt };
  switch (act.case) {
    case 'open': {
      const { dependencies, replicaId } = act.value;
      const awaited = dependencies.map((each, index) => awaitedSignalFromProto(each, `dependencies[${index}]`));
      const source = signalStepFromProto(step);
      return { kind: 'open', wait: { ...attemptKey, step: source, tenant, replicaId, dependencies: awaited } };
    }
    case 'close':
      return { kind: 'close', key: attemptKey };
    case 'announce': {
      const outputs = act.value.outputs.map((each, index) => announcedSignalFromProto(each, `outputs[${index}]`));
      return { kind: 'announce', key: attemptKey, step: signalStepFromProto(step), tenant, outputs };
    }
    case undefined:
      return undefined;
  }
}

function resultOf({ matched = [], announced = [], refused = '' }: StepAnswer): StepSignalResult {
  return create(StepSignalResultSchema, {
    matched: matched.map(({ position, signalId, params }) => ({
      index: position,
      signalId,
      params: signalParamsToProto(params),
    })),
    announced: announced.map(({ signalId, time }) => ({ signalId, time: BigInt(time) })),
    refused,
  });
}
