import { isTerminalInstance, shardOf, type Json, type Millis, type RunKey, type WorkflowKey } from '@maestro/domain';
import { childFinished, type Command, type RunChange, type RunHeader } from '@maestro/engine';
import { exactJsonText } from '@maestro/wire';
import { emptyBatchRows, type BatchRows } from '../rows/batch-rows.js';
import { cancelMessages } from './cancel-messages.js';
import { collectRun } from './collect-run.js';
import { dispatchWithRoom } from './dispatch-room.js';
import { encodeRunChanged } from './encode/encode-events.js';
import type { Outgoing } from './encode/outgoing.js';
import type { QueueInput, StartInput, StartOutcome } from './input.js';
import type { PermitLedger } from '../permits/permit-ledger.js';
import { takePermits } from '../permits/settle-permits.js';
import type { PoolRoom } from './pool-room.js';
import type { NewRun, RunWork } from './work.js';

/** After is what becomes of one run in memory once its batch is committed. */
export interface After {
  readonly work: RunWork | NewRun;
  readonly change: RunChange;
  readonly wakeAt: Millis | undefined;
  readonly blocking: boolean;
}

/** Assembly is one batch being put together: the rows to write, what to send, and what to do after the commit. */
export interface Assembly {
  readonly rows: BatchRows;
  readonly messages: Outgoing[];
  /** RunChanged messages for outsiders, encoded. */
  readonly events: Uint8Array[];
  readonly after: After[];
  readonly takenRoom: string[];
  /** Workflows whose next instance number was not the one foreseen. */
  readonly misjudged: WorkflowKey[];
  /** Answers to starts, given after the commit. */
  readonly outcomes: { readonly input: StartInput; readonly outcome: StartOutcome }[];
  /** Acts on queues that are part of the batch, each with its place in the rows' bulk acts. */
  readonly acted: QueueInput[];
  /** Set when the batch asks for or gives back permits. */
  permits: PermitLedger | undefined;
  /** Runs for which events were left: woken after the commit. */
  readonly told: RunKey[];
  readonly refused: { readonly input: QueueInput | StartInput; readonly error: Error }[];
}

export function emptyAssembly(at: Millis): Assembly {
  return {
    rows: emptyBatchRows(at),
    messages: [],
    events: [],
    after: [],
    takenRoom: [],
    misjudged: [],
    outcomes: [],
    acted: [],
    permits: undefined,
    told: [],
    refused: [],
  };
}

/** addRun adds one run's decision to the batch. */
export function addRun(assembly: Assembly, work: RunWork, room: PoolRoom): void {
  const { record, decision, inputs } = work;
  for (const { runKey, pendingActionId, wakeupDueAt } of inputs) {
    if (pendingActionId !== undefined) assembly.rows.pendingActionsDone.push({ runKey, id: pendingActionId });
    // The run's own wakeup row is dealt with below; one that it does not know of is left over.
    const stray = wakeupDueAt !== undefined && wakeupDueAt !== record.wakeAt;
    if (stray) assembly.rows.wakeupDeletes.push({ shard: shardOf(runKey), dueAt: wakeupDueAt, runKey });
  }
  const timerFired = inputs.some(({ event }) => event.type === 'timer-fired');
  // Also a decision that changes nothing must have been made on the newest state: `ended` may be stale.
  assembly.rows.versions.push({ runKey: work.runKey, ver: record.ver });
  const change = decision.change ?? (timerFired ? unchanged(record.state.header) : undefined);
  if (change === undefined) return;
  const ends = isTerminalInstance(change.header.status) && !isTerminalInstance(record.state.header.status);
  const fails = ends && change.header.status === 'FAILED' && change.header.body === undefined;
  const blocking = record.blocking || fails;
  const launched = inputs.some(({ event }) => event.type === 'run-launched');
  add(assembly, work, change, {
    room,
    origin: undefined,
    admitted: record.admitted || launched,
    blocking,
    timerFired,
    ver: record.ver,
    wakeAt: record.wakeAt,
  });
}

/** addLaunch adds a new run that was admitted, and the iterations that it begins with. */
export function addLaunch(assembly: Assembly, run: NewRun, room: PoolRoom): void {
  const change = run.launch.decision.change ?? unchanged(run.launch.queued);
  const blocking = change.header.status === 'FAILED' && change.header.body === undefined;
  add(assembly, run, change, {
    room,
    origin: run.origin,
    admitted: true,
    blocking,
    timerFired: false,
    ver: 0,
    wakeAt: undefined,
  });
}

/** addHeader adds a new run that waits (CREATED) or was refused (STOPPED): its launch is forgotten. */
export function addHeader(assembly: Assembly, { launch, origin }: NewRun, status: 'CREATED' | 'STOPPED'): void {
  const { rows } = assembly;
  const header = status === 'CREATED' ? launch.queued : stopped(launch.queued, rows.at);
  collectRun(rows, { state: launch.state, ver: 0, wakeAt: undefined }, unchanged(header), {
    admitted: false,
    blocking: false,
    timerFired: false,
    origin,
  });
  const told = status === 'STOPPED' ? childFinished(header, {}, rows.at) : undefined;
  if (told) tellParent(assembly, told);
}

interface Placement {
  readonly room: PoolRoom;
  readonly origin: Uint8Array | undefined;
  readonly admitted: boolean;
  readonly blocking: boolean;
  readonly timerFired: boolean;
  readonly ver: number;
  readonly wakeAt: Millis | undefined;
}

function add(assembly: Assembly, work: RunWork | NewRun, decided: RunChange, placement: Placement): void {
  const { rows } = assembly;
  const before = 'record' in work ? work.record.state : work.launch.state;
  const { plan } = 'record' in work ? work.record : work;
  const { decision } = 'record' in work ? work : work.launch;
  const settled = takePermits(assembly, plan, { change: decided, commands: decision.commands });
  const dispatched = dispatchWithRoom(plan, settled.change, settled.commands, placement.room, rows.at);
  const { change } = dispatched;
  const { header } = change;
  rows.readyInserts.push(...dispatched.waiting);
  assembly.messages.push(...dispatched.messages, ...cancelMessages(decided, decision.commands));
  assembly.takenRoom.push(...dispatched.taken);
  const event = encodeRunChanged(plan, before, change, placement.ver);
  if (event !== undefined) assembly.events.push(event);
  const wakeAt = collectRun(rows, { state: before, ver: placement.ver, wakeAt: placement.wakeAt }, change, placement);
  assembly.after.push({ work, change, wakeAt, blocking: placement.blocking });
  for (const command of decision.commands) actOnOthers(assembly, header.runKey, command);
  for (const iteration of work.iterations) addLaunch(assembly, iteration, placement.room);
}

/** What a decision asks of other runs is left with them in the same commit; they apply it in a decision of their own. */
function actOnOthers(assembly: Assembly, runKey: RunKey, command: Command): void {
  if (command.type === 'tell-parent') tellParent(assembly, command);
  if (command.type === 'tell-children') tellChildren(assembly, runKey, command);
  if (command.type !== 'end-children') return;
  const { ordinal, attempt, reason } = command;
  const event = exactJsonText({ type: 'stop-requested', at: assembly.rows.at, by: 'maestro', reason });
  assembly.rows.endChildren.push({ runKey, ordinal, attempt, event, onlyLaunched: false });
}

function tellChildren(
  { rows }: Assembly,
  runKey: RunKey,
  { ordinal, attempt, event }: Extract<Command, { type: 'tell-children' }>,
): void {
  const text = exactJsonText(event as unknown as Json);
  rows.endChildren.push({ runKey, ordinal, attempt, event: text, onlyLaunched: true });
}

function tellParent({ rows, told }: Assembly, { parent, event }: Extract<Command, { type: 'tell-parent' }>): void {
  const { runKey } = parent;
  rows.pendingActions.push({ runKey, event: exactJsonText(event as unknown as Json) });
  told.push(runKey);
}

function unchanged(header: RunHeader): RunChange {
  return { header, steps: [], timeline: [] };
}

function stopped(header: RunHeader, at: Millis): RunHeader {
  return { ...header, status: 'STOPPED', endTime: at };
}
