import { toBinary } from '@bufbuild/protobuf';
import { attemptId, shardOf, type Millis, type RunKey } from '@maestro/domain';
import {
  createIteration,
  decide,
  emptyState,
  type EngineEvent,
  type Launcher,
  type Plan,
  type RunHeader,
  type StepState,
} from '@maestro/engine';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startRequestToProto } from '@maestro/wire';
import type { LimitedTags } from '../permits/limited-tags.js';
import { inlineWorkflowId } from '../queries/inline-workflow-id.js';
import { retentionClassOfRun } from '../retention/retention-class.js';
import type { BreakpointBook } from './breakpoint-book.js';
import type { Launch, NewRun } from './work.js';

/** IterationDeps: a key for a run in a shard, and which tags are limited. */
export interface IterationDeps {
  readonly limited: Pick<LimitedTags, 'of'>;
  /** Those of all workflows. */
  readonly breakpoints: Pick<BreakpointBook, 'of'>;
  newRunKey(at: Millis, shard?: number, retentionClass?: number): RunKey;
}

/**
 * iterationLauncher makes the runs that a decision launches as iterations of its loops, each decided up to where it has to wait, and puts
 * them into `into`. They live in the shard of their parent, so that one replica decides for both.
 */
export function iterationLauncher(deps: IterationDeps, plan: Plan, at: Millis, into: NewRun[]): Launcher {
  return (header, step, indexes) => {
    const planStep = plan.steps[step.ordinal];
    const body = planStep?.body;
    if (body === undefined) throw new Error(`step ${planStep?.id} of ${header.workflowId} is no loop`);
    const workflowId = inlineWorkflowId(header, planStep?.runs === 'while' ? 'while' : 'foreach', planStep?.id ?? '');
    const origin = originOf(plan, header, step, workflowId);
    return indexes.flatMap((index) => {
      const runKey = deps.newRunKey(at, shardOf(header.runKey), retentionClassOfRun(header.runKey));
      const queued = createIteration(plan, header, step, index, { runKey, workflowId, at });
      const { launch, told } = launched(deps, body, queued, at);
      into.push({ runKey, plan: body, origin, launch, iterations: [] });
      return told;
    });
  };
}

interface Launched {
  readonly launch: Launch;
  /** Its end, if it ended within its launch: its parent hears of it in the same decision. */
  readonly told: readonly EngineEvent[];
}

/** An iteration that has loops or subworkflows of its own is launched by the next batch, so that one commit stays short. */
function launched(deps: IterationDeps, body: Plan, queued: RunHeader, at: Millis): Launched {
  const state = emptyState(queued);
  if (body.nested.length > 0 || queued.restart?.pending === true) {
    const later = { change: { header: queued, steps: [], timeline: [], dueAt: at }, commands: [], verdicts: [] };
    return { launch: { queued, state, decision: later }, told: [] };
  }
  const [isLimited, breakpoints] = [deps.limited.of(queued.tenant), deps.breakpoints.of(queued.workflowKey)];
  const decision = decide(body, state, [{ type: 'run-launched', at }], undefined, isLimited, breakpoints);
  const commands = decision.commands.filter(({ type }) => type !== 'tell-parent');
  const told = decision.commands.flatMap((command) => (command.type === 'tell-parent' ? [command.event] : []));
  return { launch: { queued, state, decision: { ...decision, commands } }, told };
}

/** The same for all iterations of an attempt, whose own request ids are derived from it; encoded once. */
function originOf(plan: Plan, header: RunHeader, step: StepState, workflowId: string): Uint8Array {
  const known = origins.get(step.params ?? header);
  if (known !== undefined) return known;
  const { initiator, runtimeTags } = createIteration(plan, header, step, 0, { runKey: 0n, workflowId, at: 0 });
  const requestId = attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt });
  const target = { workflowId, version: String(header.version) };
  const message = startRequestToProto(target, { initiator, requestId, runtimeTags });
  const origin = toBinary(StartWorkflowRequestSchema, message);
  origins.set(step.params ?? header, origin);
  return origin;
}

const origins = new WeakMap<object, Uint8Array>();
