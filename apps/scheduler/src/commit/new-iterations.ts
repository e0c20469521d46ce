import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { attemptId, shardOf, type Millis, type RunKey } from '@maestro/domain';
import {
  createIteration,
  decide,
  emptyState,
  type Command,
  type Decision,
  type Plan,
  type RunHeader,
  type StepState,
} from '@maestro/engine';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startRequestToProto } from '@maestro/wire';
import type { NewRun } from './work.js';

/** IterationDeps: a key for a run in a shard. */
export interface IterationDeps {
  newRunKey(at: Millis, shard?: number): RunKey;
}

type StartIterations = Extract<Command, { type: 'start-iterations' }>;

/** newIterations are the runs that a decision launches as iterations of its loops, each decided up to where it has to wait. */
export function newIterations(deps: IterationDeps, plan: Plan, decision: Decision, at: Millis): NewRun[] {
  const starts = decision.commands.filter((command) => command.type === 'start-iterations');
  const { change } = decision;
  if (starts.length === 0 || change === undefined) return [];
  return starts.flatMap((command) => {
    const step = change.steps.find(({ ordinal, attempt }) => isOf(command, ordinal, attempt));
    return step === undefined ? [] : launchAll(deps, { plan, header: change.header, step, at }, command.indexes);
  });
}

function isOf(command: StartIterations, ordinal: number, attempt: number): boolean {
  return command.ordinal === ordinal && command.attempt === attempt;
}

interface Loop {
  readonly plan: Plan;
  readonly header: RunHeader;
  readonly step: StepState;
  readonly at: Millis;
}

/** Iterations live in the shard of their parent, so that one replica decides for both. */
function launchAll(deps: IterationDeps, loop: Loop, indexes: readonly number[]): NewRun[] {
  const { plan, header, step, at } = loop;
  const planStep = plan.steps[step.ordinal];
  const body = planStep?.body;
  if (body === undefined) throw new Error(`step ${planStep?.id} of ${header.workflowId} is no loop`);
  const workflowId = inlineWorkflowId(header, planStep?.runs === 'while' ? 'while' : 'foreach', planStep?.id ?? '');
  const shard = shardOf(header.runKey);
  let origin: Uint8Array | undefined;
  return indexes.map((index): NewRun => {
    const runKey = deps.newRunKey(at, shard);
    const queued = createIteration(plan, header, step, index, { runKey, workflowId, at });
    origin ??= originOf(queued, attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt }));
    const state = emptyState(queued);
    return {
      runKey,
      plan: body,
      origin,
      launch: { queued, state, decision: launched(body, state, at) },
      iterations: [],
    };
  });
}

/** An iteration that has loops or subworkflows of its own is launched by the next batch, so that one commit stays short. */
function launched(body: Plan, state: NewRun['launch']['state'], at: Millis): Decision {
  if (body.nested.length === 0) return decide(body, state, [{ type: 'run-launched', at }]);
  return { change: { header: state.header, steps: [], timeline: [], dueAt: at }, commands: [], verdicts: [] };
}

/** The same for all iterations of an attempt, whose own request ids are derived from it. */
function originOf({ workflowId, version, initiator, runtimeTags }: RunHeader, requestId: string): Uint8Array {
  const target = { workflowId, version: String(version) };
  return toBinary(StartWorkflowRequestSchema, startRequestToProto(target, { initiator, requestId, runtimeTags }));
}

/** Id of the workflow that all iterations of a step of one instance belong to (specification §5.2). */
function inlineWorkflowId(header: RunHeader, kind: 'foreach' | 'while', stepId: string): string {
  const { workflowKey, workflowId, instanceId, initiator } = header;
  const root = 'ancestors' in initiator ? (initiator.ancestors[0]?.instanceId ?? instanceId) : instanceId;
  const digest = createHash('md5')
    .update(JSON.stringify([stepId, String(instanceId), workflowId]))
    .digest('hex');
  return `maestro_${kind}_${base62(workflowKey)}_${orderKey(root)}_${digest}`;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: bigint): string {
  let text = '';
  for (let rest = value; rest > 0n || text === ''; rest /= 62n) text = `${DIGITS[Number(rest % 62n)]}${text}`;
  return text;
}

/** Text that orders as the number does: its length first. */
function orderKey(value: bigint): string {
  const digits = base62(value);
  return `${DIGITS[digits.length]}${digits}`;
}
