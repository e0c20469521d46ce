import { MaestroError, type RunKey, type WorkflowKey } from '@maestro/domain';
import type { RunHeader } from '@maestro/engine';
import type { Locked } from '../ports/run-store.js';
import type { EndAll } from '../rows/batch-rows.js';
import type { InstanceRun, QueueEntry } from '../rows/queue-row.js';
import type { decideStart } from '@maestro/run-strategy';
import { exactJsonText } from '@maestro/wire';
import { QueueLedger, type Ledgers } from './admission.js';
import { addHeader, addLaunch, type Assembly } from './assemble.js';
import { endsNow, type Batch } from './batch.js';
import type { QueueInput, RestartInput, StartInput } from './input.js';
import { startedRun } from './launch-run.js';
import { asksForPermits, PermitsMisjudged } from './permits-misjudged.js';
import type { IterationDeps } from './new-iterations.js';
import type { PoolRoom } from './pool-room.js';
import type { RunWork, StartWork } from './work.js';

type StartDecision = ReturnType<typeof decideStart>;

/** AdmitDeps: room in the pools, and keys for the iterations that a start begins with. */
export type AdmitDeps = IterationDeps & { readonly room: PoolRoom };

/** applyQueues applies a batch to its workflows' queues, in one order: ends, acts, what may start, then new starts. */
export function applyQueues(assembly: Assembly, batch: Batch, locked: Locked, deps: AdmitDeps): Ledgers {
  const ledgers = openLedgers(locked);
  for (const work of batch.runs) if (endsNow(work) && locked.runs.has(work.runKey)) endRun(assembly, ledgers, work);
  const starts = batch.starts.map(({ runKey }) => runKey);
  for (const input of batch.queueActs) tryAct(assembly, ledgers, input, starts);
  for (const ledger of ledgers.values()) ledger.admit();
  applyStarts(assembly, batch, ledgers, locked, deps);
  for (const ledger of ledgers.values()) writeLedger(assembly, ledger);
  return ledgers;
}

function openLedgers(locked: Locked): Map<WorkflowKey, QueueLedger> {
  const heads = new Map<WorkflowKey, QueueEntry[]>();
  for (const head of locked.heads) {
    const known = heads.get(head.workflowKey);
    if (known === undefined) heads.set(head.workflowKey, [head]);
    else known.push(head);
  }
  return new Map([...locked.queues].map(([key, row]) => [key, new QueueLedger(row, heads.get(key) ?? [])]));
}

function endRun(assembly: Assembly, ledgers: Ledgers, work: RunWork): void {
  const { header } = work.record.state;
  const ledger = ledgers.get(header.workflowKey);
  if (ledger === undefined) return;
  const failed = work.decision.change?.header.status === 'FAILED';
  if (work.record.admitted) {
    ledger.runEnded(failed);
    return;
  }
  const entry = entryOf(header);
  ledger.runLeft(entry, failed);
  assembly.rows.entryDeletes.push(entry);
}

/** One refused act does not touch the rest of its batch. */
function tryAct(assembly: Assembly, ledgers: Ledgers, input: QueueInput, starts: readonly RunKey[]): void {
  try {
    applyAct(assembly, ledgers, input, starts);
    assembly.acted.push(input);
  } catch (error) {
    assembly.refused.push({ input, error: error instanceof Error ? error : new Error(String(error)) });
  }
}

/** `starts` come after the acts of their batch, and no act concerns them. */
function applyAct(assembly: Assembly, ledgers: Ledgers, input: QueueInput, starts: readonly RunKey[]): void {
  const ledger = ledgers.get(input.workflowKey);
  if (ledger === undefined)
    throw new MaestroError(
      'WORKFLOW_NOT_FOUND',
      'The workflow has never been started here; there is nothing to act on.',
    );
  const { act } = input;
  if (act.type === 'admit' && act.seed !== undefined) ledger.refresh(act.seed);
  if (act.type === 'unblock')
    assembly.rows.unblocks.push({ workflowKey: input.workflowKey, instanceId: act.instanceId });
  if (act.type === 'pause') ledger.pause(act.paused);
  if (act.type === 'close') closeQueue(ledger);
  if (act.type === 'end-all') {
    const type = act.end === 'stop' ? 'stop-requested' : 'kill-requested';
    const runningEvent = exactJsonText({ type, at: assembly.rows.at, by: act.by, reason: act.reason });
    const queuedStatus = act.end === 'stop' ? 'STOPPED' : 'FAILED';
    assembly.rows.endAll.push({
      workflowKey: input.workflowKey,
      at: assembly.rows.at,
      queuedStatus,
      queued: true,
      runningEvent,
      except: starts,
    });
    ledger.queueEmptied(queuedStatus === 'FAILED');
  }
}

function closeQueue(ledger: QueueLedger): void {
  const { running, queued, workflowId } = ledger.current;
  if (running + queued > 0) {
    throw new MaestroError(
      'WORKFLOW_HAS_RUNNING_INSTANCES',
      `Workflow ${workflowId} has ${String(running)} running and ${String(queued)} queued instances; stop them before deleting it.`,
      { metadata: { running: String(running), queued: String(queued) } },
    );
  }
  ledger.close();
}

function applyStarts(assembly: Assembly, batch: Batch, ledgers: Ledgers, locked: Locked, deps: AdmitDeps): void {
  const known = new Map(locked.requests.map((run) => [requestKey(run.workflowKey, run.requestId), run]));
  const places = new Set(locked.requests.map(placeKey));
  for (const work of batch.starts) {
    const { input } = work;
    const ledger = ledgers.get(input.seed.workflowKey);
    if (ledger === undefined) throw new Error(`workflow ${input.seed.workflowId} has no queue row`);
    const key = requestKey(input.seed.workflowKey, input.request.requestId);
    const existing = known.get(key);
    if (existing !== undefined) assembly.outcomes.push({ input, outcome: duplicate(existing, input) });
    else if (input.restart && places.has(placeKey(work.run.launch.queued)))
      refuseOvertaken(assembly, input, input.restart);
    else {
      const run = applyStart(assembly, work, ledger, batch, deps);
      known.set(key, run);
      places.add(placeKey(run));
    }
  }
}

function applyStart(
  assembly: Assembly,
  work: StartWork,
  ledger: QueueLedger,
  batch: Batch,
  deps: AdmitDeps,
): InstanceRun {
  const { input, runKey } = work;
  ledger.refresh(input.seed);
  const { workflowKey } = input.seed;
  const decision = input.restart
    ? enterRestart(assembly, ledger, input.restart)
    : enterStart(assembly, work, ledger, batch, deps);
  const { instanceId, runId } = work.run.launch.queued;
  if (decision.stopQueued || decision.stopRunning) {
    const except = batch.starts.slice(batch.starts.indexOf(work)).map((start) => start.runKey);
    assembly.rows.endAll.push(giveWay(workflowKey, batch.at, decision, except));
  }
  if (decision.insert === 'LAUNCH') launchNow(assembly, work, ledger, deps.room);
  else addHeader(assembly, work.run, decision.insert === 'QUEUE' ? 'CREATED' : 'STOPPED');
  if (decision.insert === 'QUEUE') assembly.rows.entryInserts.push(entryOf(work.run.launch.queued));
  const startStatus = decision.insert === 'STOPPED' ? 'STOPPED' : 'CREATED';
  const run: InstanceRun = {
    ...entryOf(work.run.launch.queued),
    version: input.plan.version,
    requestId: input.request.requestId,
    requestHash: input.requestHash,
    startStatus,
  };
  assembly.rows.instanceRuns.push(run);
  const outcome = {
    instanceId,
    runId,
    runKey,
    version: input.plan.version,
    status: startStatus,
    requestDiffers: false,
  } as const;
  assembly.outcomes.push({ input, outcome });
  return run;
}

function enterStart(
  assembly: Assembly,
  work: StartWork,
  ledger: QueueLedger,
  batch: Batch,
  deps: AdmitDeps,
): StartDecision {
  const { input, runKey } = work;
  const { instanceId, decision } = ledger.start();
  // The number was foreseen when the launch was decided; another replica may have taken it meanwhile.
  if (work.run.launch.queued.instanceId !== instanceId) {
    assembly.misjudged.push(input.seed.workflowKey);
    work.run = startedRun(deps, input, { runKey, instanceId, runId: 1n, at: batch.at });
    // Limits may have been set since, and those of an instance go by its number.
    if (asksForPermits(work.run)) throw new PermitsMisjudged(`a start of ${input.seed.workflowId} asks for permits`);
  }
  return decision;
}

/** The failure of the run before no longer holds the queue. */
function enterRestart(assembly: Assembly, ledger: QueueLedger, { previous, blocking }: RestartInput): StartDecision {
  const { workflowKey, instanceId } = previous.header;
  if (blocking) assembly.rows.unblocks.push({ workflowKey, instanceId });
  return ledger.restart(blocking);
}

function refuseOvertaken(assembly: Assembly, input: StartInput, { previous }: RestartInput): void {
  const { workflowId, instanceId, runId } = previous.header;
  const message = `${workflowId}/${String(instanceId)} was restarted meanwhile: run ${String(runId)} is not its latest any more.`;
  assembly.refused.push({ input, error: new MaestroError('NOT_LATEST_RUN', message) });
}

/** A run that ends within its own launch frees its place at once, so that the next start of the batch can have it. */
function launchNow(assembly: Assembly, work: StartWork, ledger: QueueLedger, room: PoolRoom): void {
  addLaunch(assembly, work.run, room);
  const change = work.run.launch.decision.change;
  if (change?.header.endTime !== undefined) ledger.runEnded(change.header.status === 'FAILED');
}

function giveWay(
  workflowKey: WorkflowKey,
  at: number,
  decision: { readonly stopQueued: boolean; readonly stopRunning: boolean },
  except: EndAll['except'],
): EndAll {
  const event = { type: 'stop-requested', at, by: 'run strategy', reason: 'a newer instance takes its place' };
  return {
    workflowKey,
    at,
    queuedStatus: 'STOPPED',
    queued: decision.stopQueued,
    runningEvent: decision.stopRunning ? exactJsonText(event) : undefined,
    except,
  };
}

function duplicate(existing: InstanceRun, input: StartInput): Assembly['outcomes'][number]['outcome'] {
  const { instanceId, runId, runKey, version } = existing;
  const requestDiffers = Buffer.compare(existing.requestHash, input.requestHash) !== 0;
  return { instanceId, runId, runKey, version, status: 'DUPLICATED', requestDiffers };
}

function writeLedger(assembly: Assembly, ledger: QueueLedger): void {
  if (ledger.changed) assembly.rows.queues.push(ledger.current);
  for (const entry of ledger.admitted) {
    assembly.rows.entryDeletes.push(entry);
    assembly.rows.admitted.push(entry.runKey);
  }
}

function entryOf({ workflowKey, instanceId, runId, runKey }: RunHeader): QueueEntry {
  return { workflowKey, instanceId, runId, runKey };
}

function placeKey({
  workflowKey,
  instanceId,
  runId,
}: Pick<QueueEntry, 'workflowKey' | 'instanceId' | 'runId'>): string {
  return `${String(workflowKey)}/${String(instanceId)}/${String(runId)}`;
}

function requestKey(workflowKey: WorkflowKey, requestId: string): string {
  return `${String(workflowKey)}/${requestId}`;
}
