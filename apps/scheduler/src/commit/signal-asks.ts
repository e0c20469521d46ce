import type { Command, EngineEvent, Plan, RunChange } from '@maestro/engine';
import type { SignalAct, SignalAnswer, SignalAsk, SignalService } from '../ports/signal-service.js';
import type { CommitDeps } from './commit-deps.js';
import { submitEvent } from './submit-event.js';

export type SignalCommand = Extract<Command, { type: 'open-waits' | 'close-waits' | 'announce' }>;

/** More would make one request of a big batch too large for a message. */
const MAX_ASKS = 200;

/**
 * SignalAsks asks the signal service for what committed batches want of it: all of one turn of the event loop in one request. What is not
 * answered is asked again by the engine's timer.
 */
export class SignalAsks {
  private waiting: SignalAsk[] = [];

  constructor(
    private readonly service: SignalService,
    private readonly deps: Pick<CommitDeps, 'feedBack' | 'logger' | 'now'>,
  ) {}

  /** Asks on behalf of an attempt that the change holds. */
  add(plan: Plan, change: RunChange, command: SignalCommand): void {
    const ask = askOf(plan, change, command);
    if (ask === undefined) return;
    this.waiting.push(ask);
    if (this.waiting.length === 1) queueMicrotask(() => this.flush());
  }

  private flush(): void {
    const asks = this.waiting;
    this.waiting = [];
    for (let from = 0; from < asks.length; from += MAX_ASKS) void this.send(asks.slice(from, from + MAX_ASKS));
  }

  private async send(asks: readonly SignalAsk[]): Promise<void> {
    try {
      const answers = await this.service.ask(asks);
      answers.forEach((answer, index) => this.answered(asks[index], answer));
    } catch (err) {
      this.deps.logger.warn({ err, asks: asks.length }, 'the signal service does not answer; it is asked again');
    }
  }

  private answered(ask: SignalAsk | undefined, answer: SignalAnswer): void {
    if (ask === undefined) return;
    const event = eventOf(ask, answer, this.deps.now());
    if (event !== undefined) submitEvent(this.deps, ask.runKey, event);
  }
}

function askOf(plan: Plan, { header, steps }: RunChange, command: SignalCommand): SignalAsk | undefined {
  const { ordinal, attempt } = command;
  const step = steps.findLast((each) => each.ordinal === ordinal && each.attempt === attempt);
  const planStep = plan.steps[ordinal];
  if (step === undefined || planStep === undefined) return undefined;
  const { runKey, tenant, workflowId, instanceId, runId } = header;
  const act: SignalAct =
    command.type === 'open-waits'
      ? { kind: 'open', dependencies: step.signals?.dependencies ?? [] }
      : command.type === 'close-waits'
        ? { kind: 'close' }
        : { kind: 'announce', outputs: step.signals?.outputs ?? [] };
  const who = { workflowId, instanceId, runId, stepId: planStep.id };
  const source = { ...who, stepAttemptId: BigInt(attempt), stepInstanceId: BigInt(ordinal + 1) };
  return { runKey, ordinal, attempt, tenant, step: source, act };
}

function eventOf({ act, ordinal, attempt }: SignalAsk, answer: SignalAnswer, at: number): EngineEvent | undefined {
  const which = { at, ordinal, attempt };
  if (answer.refused !== undefined) return { type: 'signals-refused', ...which, message: answer.refused };
  switch (act.kind) {
    case 'open':
      return { type: 'waits-opened', ...which, matched: answer.matched };
    case 'announce':
      return { type: 'signals-announced', ...which, announced: answer.announced };
    case 'close':
      return undefined;
  }
}
