import { isTerminalInstance, type RunKey, type StartRequest, type Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from '../compile-plan.js';
import { createRun } from '../create-run.js';
import { decide } from '../decide.js';
import type { Command, Decision } from '../decision.js';
import type { AttemptOutcome, DispatchRef, EngineEvent } from '../event.js';
import { createIteration } from '../loop/create-iteration.js';
import type { Plan } from '../plan.js';
import { applyChange, emptyState } from '../run-state.js';
import type { ParentRef, RunHeader, RunState, StepState } from '../state.js';
import { childRequest } from '../subworkflow/child-request.js';
import { CHILD } from './random-family.js';
import { START } from './simulated-run.js';

interface Member {
  readonly plan: Plan;
  state: RunState;
  wakeAt: number | undefined;
}

interface Message {
  readonly to: RunKey;
  readonly event: EngineEvent;
}

type StartChild = Extract<Command, { type: 'start-child' }>;

/**
 * SimulatedFamily is a shell in memory for runs that start each other: what one leaves for another is kept until it is delivered, as the
 * table of pending actions does; what is only asked for may get lost, as in a crash.
 */
export class SimulatedFamily {
  readonly members = new Map<RunKey, Member>();
  /** Left for other runs, in the commit that decided it. */
  readonly inbox: Message[] = [];
  /** Asked after a commit. */
  readonly asked: { readonly runKey: RunKey; readonly command: StartChild | { readonly type: 'continue' } }[] = [];
  readonly executing: { readonly runKey: RunKey; readonly ref: DispatchRef }[] = [];
  at = START;
  private readonly compiler = createCompiler({ cacheSize: 1_000 });
  private readonly started = new Map<string, RunKey>();
  private readonly childPlan: Plan;
  private lastKey = 0n;

  constructor(workflow: Workflow) {
    this.childPlan = this.compile(CHILD);
    this.start(this.compile(workflow), { requestId: 'root', runParams: {} }, undefined);
  }

  private compile(workflow: Workflow): Plan {
    return compilePlan({ workflowKey: 1n, version: 1n, workflow, compiler: this.compiler, stepType });
  }

  get root(): Member {
    return this.member(1n);
  }

  member(runKey: RunKey): Member {
    const found = this.members.get(runKey);
    if (!found) throw new Error(`no run ${runKey}`);
    return found;
  }

  open(): RunKey[] {
    return [...this.members].flatMap(([key, { state }]) => (isTerminalInstance(state.header.status) ? [] : [key]));
  }

  decide(runKey: RunKey, event: EngineEvent): void {
    const member = this.member(runKey);
    const children: { readonly header: RunHeader; readonly plan: Plan }[] = [];
    const decision = decide(member.plan, member.state, [event], (header, step, indexes) => {
      const [plan, { body }] = [member.plan, member.plan.steps[step.ordinal] ?? {}];
      if (!body) throw new Error('no loop');
      for (const index of indexes) children.push({ header: this.iteration(plan, header, step, index), plan: body });
      return [];
    });
    if (event.type === 'timer-fired') member.wakeAt = undefined;
    this.commit(runKey, member, decision);
    // They are launched by an event of their own, as iterations with loops of their own are.
    for (const child of children) this.add(child.plan, child.header);
  }

  private iteration(plan: Plan, header: RunHeader, step: StepState, index: number): RunHeader {
    const runKey = this.newKey();
    return createIteration(plan, header, step, index, { runKey, workflowId: `inline_${header.runKey}`, at: this.at });
  }

  private newKey(): RunKey {
    this.lastKey += 1n;
    return this.lastKey;
  }

  private add(plan: Plan, header: RunHeader): void {
    this.members.set(header.runKey, { plan, state: emptyState(header), wakeAt: undefined });
    this.inbox.push({ to: header.runKey, event: { type: 'run-launched', at: this.at } });
  }

  private start(
    plan: Plan,
    start: Pick<StartRequest, 'requestId' | 'runParams'>,
    parent: ParentRef | undefined,
  ): RunKey {
    const runKey = this.newKey();
    const place = { runKey, instanceId: runKey, runId: 1n, tenant: 'default', at: this.at, parent };
    const request = { ...place, start: { ...start, initiator: { type: 'MANUAL' } as const } };
    const created = createRun(plan, request, PRESETS.FULL);
    if (created.kind !== 'created') throw new Error(created.kind);
    this.add(plan, created.header);
    return runKey;
  }

  /** Does what a subworkflow step asked for: the same request always means the same run. */
  answer(runKey: RunKey, command: StartChild): void {
    const { plan, state } = this.member(runKey);
    const step = state.steps.get(command.ordinal);
    if (step?.attempt !== command.attempt) return;
    const { start } = childRequest(plan, state.header, step);
    const { ordinal, attempt } = command;
    const waits = plan.steps[ordinal]?.sync !== false;
    const known = this.started.get(start.requestId);
    const key =
      known ??
      this.start(
        this.childPlan,
        { requestId: start.requestId, runParams: {} },
        waits ? { runKey, ordinal, attempt } : undefined,
      );
    this.started.set(start.requestId, key);
    const child = { workflowId: 'child', instanceId: Number(key), runId: 1, version: 1 };
    this.inbox.push({ to: runKey, event: { type: 'child-started', at: this.at, ordinal, attempt, child } });
  }

  private commit(runKey: RunKey, member: Member, { change, commands }: Decision): void {
    const dispatches = commands.filter((command) => command.type === 'dispatch-attempt');
    if (change) {
      const isOut = (step: StepState): boolean =>
        dispatches.some(({ ordinal, attempt }) => ordinal === step.ordinal && attempt === step.attempt);
      const steps = change.steps.map((step) => (isOut(step) ? { ...step, dispatchedAt: this.at } : step));
      member.state = applyChange(member.state, { ...change, steps }, member.plan);
      member.wakeAt = Math.min(member.wakeAt ?? Infinity, change.dueAt ?? Infinity);
    }
    for (const ref of dispatches) this.executing.push({ runKey, ref });
    for (const command of commands) this.follow(runKey, command);
  }

  private follow(runKey: RunKey, command: Command): void {
    if (command.type === 'tell-parent') this.inbox.push({ to: command.parent.runKey, event: command.event });
    if (command.type === 'start-child' || command.type === 'continue') this.asked.push({ runKey, command });
    if (command.type !== 'end-children') return;
    const { ordinal, attempt, reason } = command;
    for (const [to, { state }] of this.members) {
      const { parent, status } = state.header;
      const isBelow = parent?.runKey === runKey && parent.ordinal === ordinal && parent.attempt === attempt;
      if (!isBelow || isTerminalInstance(status)) continue;
      this.inbox.push({ to, event: { type: 'stop-requested', at: this.at, by: 'maestro', reason } });
    }
  }

  /** An execution ends; one that was told to stop says so. */
  endExecution(index: number, outcome: AttemptOutcome): void {
    const [execution] = this.executing.splice(index, 1);
    if (!execution) return;
    const { runKey, ref } = execution;
    const { ordinal, attempt, dispatch } = ref;
    this.decide(runKey, { type: 'attempt-ended', at: this.at, ordinal, attempt, dispatch, outcome, timeline: [] });
  }
}
