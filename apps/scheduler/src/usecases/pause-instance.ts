import { MaestroError, type Millis, type WorkflowInstanceStatus } from '@maestro/domain';
import type { Verdict } from '@maestro/engine';
import type { Input } from '../commit/input.js';
import type { FoundRun, RunReader, RunReference } from '../ports/run-reader.js';

export interface PauseInstanceDeps {
  readonly reader: Pick<RunReader, 'find'>;
  submit(input: Input): void;
  now(): Millis;
}

/** PauseAsk pauses a run, or resumes it. */
export interface PauseAsk {
  readonly run: RunReference;
  readonly act: 'pause' | 'resume';
  readonly by: string;
  readonly reason: string;
}

const REACHED: Readonly<Record<PauseAsk['act'], WorkflowInstanceStatus>> = { pause: 'PAUSED', resume: 'IN_PROGRESS' };

/** pauseInstance pauses or resumes a run; one that is already so stays so. Throws INSTANCE_NOT_FOUND, INVALID_STATE. */
export async function pauseInstance(deps: PauseInstanceDeps, ask: PauseAsk): Promise<FoundRun> {
  const found = await deps.reader.find(ask.run);
  if (found.status === REACHED[ask.act]) return found;
  if (found.status === 'CREATED') throw notBegun(ask);
  const event = { type: `${ask.act}-requested`, at: deps.now(), by: ask.by, reason: ask.reason } as const;
  const verdict = await new Promise<Verdict>((settle, fail) => {
    deps.submit({ kind: 'event', runKey: found.runKey, event, settle, fail });
  });
  const after = await deps.reader.find({ ...ask.run, runId: found.runId });
  if (verdict === 'ended') throw over(ask, after);
  return after;
}

function notBegun({ run: { workflowId, instanceId }, act }: PauseAsk): MaestroError {
  const message = `${workflowId}/${String(instanceId)} waits in the queue of its workflow and cannot be ${act}d: ${act} the workflow.`;
  return new MaestroError('INVALID_STATE', message);
}

function over({ run: { workflowId, instanceId }, act }: PauseAsk, { status }: FoundRun): MaestroError {
  const name = `${workflowId}/${String(instanceId)}`;
  const why = status === 'IN_PROGRESS' || status === 'PAUSED' ? 'is being ended' : `has ended ${status}`;
  return new MaestroError('INVALID_STATE', `${name} ${why} and cannot be ${act}d any more.`);
}
