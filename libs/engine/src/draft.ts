import { isTerminalInstance, type Millis, type StepStatus, type TimelineEvent } from '@maestro/domain';
import { NO_BREAKPOINTS, type Breakpoint } from './breakpoint.js';
import type { Command, RunChange, TimelineEntry } from './decision.js';
import { NO_LIMITS, type IsLimited } from './permits/permit-tags.js';
import type { Plan, PlanStep } from './plan.js';
import type { StepRestart } from './restart/restart-state.js';
import type { JoinState, RunHeader, RunState, StepState } from './state.js';
import { TRANSITION_BUDGET } from './timing.js';
import { enter, isUnderWay, newAttempt, workingCopy, type WorkingStep } from './working-step.js';

const NOBODY_ARRIVED: JoinState = { arrived: 0, satisfied: false };

type StartIterations = Extract<Command, { type: 'start-iterations' }>;
type WritableHeader = { -readonly [K in keyof RunHeader]: RunHeader[K] };

/**
 * Draft is a run while a decision works on it: reads fall through to the state, writes stay here. Nothing in it costs more
 * than what it changes.
 */
export class Draft {
  readonly commands: Command[] = [];
  /** Steps that may begin (all predecessors complete, or another attempt is due), first in first out. */
  readonly ready: number[];
  /** Steps that have come to the end after which a person wants them to begin again. */
  readonly again: { readonly ordinal: number; readonly restart: StepRestart }[] = [];
  /** Status changes made so far. */
  transitions = 0;
  private readonly launches: StartIterations[] = [];
  private header_: WritableHeader | undefined;
  private readonly latest = new Map<number, WorkingStep>();
  private readonly changed: WorkingStep[] = [];
  private readonly joins = new Map<number, JoinState>();
  private readonly timeline: TimelineEntry[] = [];
  private dueAt: Millis | undefined;

  constructor(
    readonly plan: Plan,
    private readonly state: RunState,
    readonly isLimited: IsLimited = NO_LIMITS,
    readonly breakpoints: readonly Breakpoint[] = NO_BREAKPOINTS,
  ) {
    this.ready = [...(state.header.backlog ?? [])];
  }

  get header(): RunHeader {
    return this.header_ ?? this.state.header;
  }

  editHeader(): WritableHeader {
    this.header_ ??= { ...this.state.header };
    return this.header_;
  }

  planStep(ordinal: number): PlanStep {
    const step = this.plan.steps[ordinal];
    if (!step) throw new Error(`plan ${this.plan.workflowId} version ${this.plan.version} has no step ${ordinal}`);
    return step;
  }

  /** The next iterations that were launched and not yet made. */
  takeLaunch(): StartIterations | undefined {
    return this.launches.shift();
  }

  /** Launches iterations of a loop. */
  launch(command: StartIterations): void {
    this.commands.push(command);
    this.launches.push(command);
  }

  /** Goes on with a step in the next decision: this one has no budget left. */
  postpone(ordinal: number): void {
    this.ready.push(ordinal);
    this.transitions = Math.max(this.transitions, TRANSITION_BUDGET);
  }

  /** Keeps a step that may begin until the run is no longer paused. */
  hold(ordinal: number): void {
    if (!this.ready.includes(ordinal)) this.ready.push(ordinal);
  }

  /** The latest attempt of a step. */
  step(ordinal: number): StepState | undefined {
    return this.latest.get(ordinal) ?? this.state.steps.get(ordinal);
  }

  edit(ordinal: number): WorkingStep {
    const known = this.latest.get(ordinal);
    if (known) return known;
    const step = this.state.steps.get(ordinal);
    if (!step) throw new Error(`step ${ordinal} is not created`);
    return this.keep(workingCopy(step));
  }

  /** Adds an attempt in status CREATED. */
  create(ordinal: number, attempt: number, at: Millis): WorkingStep {
    this.transitions += 1;
    // The next attempt of a step that had come to its end opens it again.
    if (!isUnderWay(this.step(ordinal)?.status ?? 'UNSATISFIED')) this.editHeader().open += 1;
    return this.keep(newAttempt(ordinal, attempt, at));
  }

  private keep(step: WorkingStep): WorkingStep {
    this.latest.set(step.ordinal, step);
    this.changed.push(step);
    return step;
  }

  move(step: WorkingStep, status: StepStatus, at: Millis): void {
    enter(step, status, at);
    this.transitions += 1;
    if (!isUnderWay(status)) this.editHeader().open -= 1;
  }

  /** Ordinals of the steps that are under way, those of this decision included. */
  underWay(): number[] {
    const known = [...this.state.underWay];
    const added = [...this.latest.keys()].filter((ordinal) => !this.state.underWay.has(ordinal));
    return [...known, ...added].filter((ordinal) => isUnderWay(this.step(ordinal)?.status ?? 'UNSATISFIED'));
  }

  /** Counts one complete predecessor of a step. */
  arrive(ordinal: number, taken: boolean): JoinState {
    const before = this.join(ordinal);
    const join = { arrived: before.arrived + 1, satisfied: before.satisfied || taken };
    this.joins.set(ordinal, join);
    return join;
  }

  join(ordinal: number): JoinState {
    return this.joins.get(ordinal) ?? this.state.joins.get(ordinal) ?? NOBODY_ARRIVED;
  }

  /** Sets when something happens to the step by itself. */
  setDue(step: WorkingStep, at: Millis): void {
    step.dueAt = at;
    this.arm(at);
  }

  /** The run needs a timer at this time at the latest. */
  arm(at: Millis): void {
    this.dueAt = this.dueAt === undefined ? at : Math.min(this.dueAt, at);
  }

  note(event: TimelineEvent, step?: { readonly ordinal: number; readonly attempt: number }): void {
    this.timeline.push(step ? { ordinal: step.ordinal, attempt: step.attempt, event } : { event });
  }

  /** What changed; undefined when nothing did. A run that has ended needs no timer. */
  change(): RunChange | undefined {
    this.keepBacklog();
    if (this.changed.length > 0) this.editHeader().counts = this.countSteps();
    const dueAt = isTerminalInstance(this.header.status) ? undefined : this.dueAt;
    const nothing = this.header_ === undefined && this.changed.length === 0 && this.timeline.length === 0;
    if (nothing && dueAt === undefined) return undefined;
    const change = { header: this.header, steps: this.changed, timeline: this.timeline };
    return dueAt === undefined ? change : { ...change, dueAt };
  }

  private keepBacklog(): void {
    if (this.ready.length > 0) this.editHeader().backlog = [...this.ready];
    else if (this.header.backlog !== undefined) delete this.editHeader().backlog;
  }

  /** How many steps are in each status, this decision's changes included. */
  countSteps(): RunHeader['counts'] {
    const counts: Partial<Record<StepStatus, number>> = { ...this.state.header.counts };
    for (const [ordinal, step] of this.latest) {
      const before = this.state.steps.get(ordinal)?.status;
      if (before === step.status) continue;
      counts[step.status] = (counts[step.status] ?? 0) + 1;
      if (before !== undefined) lower(counts, before);
    }
    return counts;
  }
}

function lower(counts: Partial<Record<StepStatus, number>>, status: StepStatus): void {
  const left = (counts[status] ?? 0) - 1;
  if (left > 0) counts[status] = left;
  else delete counts[status];
}
