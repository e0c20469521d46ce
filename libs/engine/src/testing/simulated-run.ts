import { isTerminalStep, type ParamDefinitions, type Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { answerEvaluation } from '../answer-evaluation.js';
import type { Breakpoint } from '../breakpoint.js';
import { compilePlan } from '../compile-plan.js';
import { createRun } from '../create-run.js';
import { decide } from '../decide.js';
import type { Command, Decision } from '../decision.js';
import type { EngineEvent } from '../event.js';
import { NO_LIMITS, type IsLimited } from '../permits/permit-tags.js';
import type { Plan } from '../plan.js';
import { answerRunEvaluation } from '../run-evaluation.js';
import { applyChange, emptyState } from '../run-state.js';
import type { RunState, StepState } from '../state.js';
import { checkInvariants } from './invariants.js';
import { ShadowExecutors } from './shadow-executors.js';
import { simulatedStepType } from './step-types.js';

export const START = 1_000_000;

type Evaluate = Extract<Command, { type: 'evaluate' }>;

/** SimulatedRun is a shell in memory: it decides, keeps the rows, stamps dispatches, and checks the invariants after each decision. */
export class SimulatedRun {
  readonly plan: Plan;
  state: RunState;
  /** All rows there would be in the database, by `ordinal/attempt`. */
  readonly rows = new Map<string, StepState>();
  /** With room in the pools a dispatch is published at once; else it waits for `attempt-released`. */
  room = true;
  readonly executors = new ShadowExecutors((ordinal) => this.plan.steps[ordinal]?.onExecutorLost === 'reattach');
  /** When the run's timer fires, as the wake-up row would say; undefined = it has none. */
  wakeAt: number | undefined;
  /** Of its workflow. */
  breakpoints: readonly Breakpoint[] = [];
  /** Evaluations that were asked for and not answered. */
  asked: Evaluate[] = [];
  private readonly isLimited: IsLimited;

  constructor(
    workflow: Workflow,
    {
      limited = [],
      ...params
    }: {
      runParams?: ParamDefinitions;
      stepRunParams?: Readonly<Record<string, ParamDefinitions>>;
      limited?: readonly string[];
    } = {},
  ) {
    const names = new Set(limited);
    this.isLimited = names.size === 0 ? NO_LIMITS : (tag) => names.has(tag);
    const compiler = createCompiler({ cacheSize: 1_000 });
    this.plan = compilePlan({ workflowKey: 1n, version: 1n, workflow, compiler, stepType: simulatedStepType });
    const start = { initiator: { type: 'MANUAL' as const, user: { name: 'ann' } }, requestId: 'request', ...params };
    const request = { runKey: 77n, instanceId: 1n, runId: 1n, tenant: 'default', at: START, start };
    const created = createRun(this.plan, request, PRESETS.IN_PLACE);
    if (created.kind === 'rejected') throw new Error(created.message);
    this.state = emptyState(created.header);
  }

  decide(events: readonly EngineEvent[]): Decision {
    const before = structuredClone(this.state);
    const decision = this.decided(events);
    expect(this.decided(events)).toEqual(decision);
    expect(this.state).toEqual(before);
    this.asked.push(...decision.commands.filter((command) => command.type === 'evaluate'));
    events.forEach((event, at) => this.executors.hear(event, decision.verdicts[at]));
    if (events.some((event) => event.type === 'timer-fired' && event.at >= (this.wakeAt ?? Infinity)))
      this.wakeAt = undefined;
    if (decision.change) this.commit(decision, events.at(-1)?.at ?? 0);
    this.executors.forget(events.at(-1)?.at ?? 0);
    checkInvariants(this);
    return decision;
  }

  private decided(events: readonly EngineEvent[]): Decision {
    return decide(this.plan, this.state, events, undefined, this.isLimited, this.breakpoints);
  }

  /** Answers the evaluations that were asked for, as the shell's worker thread does. */
  answers(at: number): EngineEvent[] {
    const asked = this.asked.splice(0);
    const { header } = this.state;
    if (header.status === 'CREATED' && header.evaluation)
      return [{ type: 'run-evaluated', at, result: answerRunEvaluation(this.plan, header, PRESETS.FULL) }];
    return asked.flatMap((command): EngineEvent[] => {
      const result = answerEvaluation(this.plan, this.state, command, at, PRESETS.FULL);
      const { ordinal, attempt } = command;
      return result ? [{ type: 'evaluated', at, ordinal, attempt, result }] : [];
    });
  }

  private commit(decision: Decision, at: number): void {
    if (!decision.change) return;
    const dispatched = decision.commands.filter((command) => command.type === 'dispatch-attempt');
    const steps = decision.change.steps.map((step): StepState => {
      const published = dispatched.some(
        (command) => command.ordinal === step.ordinal && command.attempt === step.attempt,
      );
      return this.room && published ? { ...step, dispatchedAt: at } : step;
    });
    for (const step of steps) this.keep(step);
    for (const command of dispatched) if (this.room) this.executors.publish(command, at);
    this.wakeAt = Math.min(this.wakeAt ?? Infinity, decision.change.dueAt ?? Infinity);
    if (this.wakeAt === Infinity) this.wakeAt = undefined;
    this.state = applyChange(this.state, { ...decision.change, steps }, this.plan);
  }

  /** An attempt that has ended never changes again. */
  private keep(step: StepState): void {
    const key = `${step.ordinal}/${step.attempt}`;
    const before = this.rows.get(key);
    if (before) expect([key, isTerminalStep(before.status)]).toEqual([key, false]);
    this.rows.set(key, step);
  }
}
