import {
  attemptId,
  MaestroError,
  type AnnouncedSignal,
  type Json,
  type Millis,
  type SignalStep,
} from '@maestro/domain';
import type { GroupAnnouncer } from './group-announcer.js';
import { checkAnnouncement } from './check-announcement.js';
import { checkName } from './check-name.js';
import type { Match, WaitAsk, WaitKey, Waits } from '../ports/waits.js';

/** StepAsk is what an attempt of a step wants. */
export type StepAsk =
  | { readonly kind: 'open'; readonly wait: WaitAsk }
  | { readonly kind: 'close'; readonly key: WaitKey }
  | {
      readonly kind: 'announce';
      readonly key: WaitKey;
      readonly step: SignalStep;
      readonly tenant: string;
      readonly outputs: readonly AnnouncedSignal[];
    };

/** StepAnswer is what came of it. */
export interface StepAnswer {
  readonly matched?: readonly Match[];
  readonly announced?: readonly { readonly signalId: bigint; readonly time: Millis }[];
  /** It is not valid: asking again would not help. */
  readonly refused?: string;
}

export interface StepSignalsDeps {
  readonly waits: Waits;
  readonly announcer: Pick<GroupAnnouncer, 'announce'>;
}

/** answerSteps does what a batch of attempts asks for and answers in its order. All waits of a batch are opened in one commit. */
export async function answerSteps(deps: StepSignalsDeps, asks: readonly StepAsk[]): Promise<readonly StepAnswer[]> {
  const closed = asks.flatMap((ask) => (ask.kind === 'close' ? [ask.key] : []));
  const [opened] = await Promise.all([openAll(deps, asks), closed.length === 0 ? undefined : deps.waits.close(closed)]);
  return Promise.all(
    asks.map((ask, index) =>
      ask.kind === 'announce' ? announceAll(deps, ask) : Promise.resolve(opened.get(index) ?? {}),
    ),
  );
}

async function openAll({ waits }: StepSignalsDeps, asks: readonly StepAsk[]): Promise<ReadonlyMap<number, StepAnswer>> {
  const answers = new Map<number, StepAnswer>();
  const valid = asks.flatMap((ask, index) => {
    if (ask.kind !== 'open') return [];
    const problem = ask.wait.dependencies.map(({ name }) => checkName(name)).find((each) => each !== undefined);
    if (problem === undefined) return [{ index, wait: ask.wait }];
    answers.set(index, { refused: problem });
    return [];
  });
  if (valid.length === 0) return answers;
  const matched = await waits.open(valid.map(({ wait }) => wait));
  valid.forEach(({ index }, at) => answers.set(index, { matched: matched[at] ?? [] }));
  return answers;
}

type AnnounceAsk = Extract<StepAsk, { kind: 'announce' }>;

/** The same attempt announces the same output once: its request id says so. */
async function announceAll({ announcer }: StepSignalsDeps, ask: AnnounceAsk): Promise<StepAnswer> {
  try {
    const checked = ask.outputs.map((output, index) => checkOutput(ask, output, index));
    const announced = await Promise.all(checked.map((each) => announcer.announce(each)));
    return { announced: announced.map(({ signal }) => ({ signalId: signal.seqId, time: signal.createTime })) };
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'INVALID_REQUEST') return { refused: error.message };
    throw error;
  }
}

function checkOutput({ key, step, tenant }: AnnounceAsk, { name, params, payload }: AnnouncedSignal, index: number) {
  return checkAnnouncement({
    requestId: `step-${attemptId(key)}-${index}`,
    name,
    params,
    payload: { ...payload, signal_source: sourceOf(step) },
    tenant,
    source: step,
  });
}

/** The spelling of the original (part 2, §3.1). */
function sourceOf(step: SignalStep): Json {
  return {
    workflow_id: step.workflowId,
    workflow_instance_id: step.instanceId,
    workflow_run_id: step.runId,
    step_id: step.stepId,
    step_attempt_id: step.stepAttemptId,
    step_instance_id: step.stepInstanceId,
  };
}
