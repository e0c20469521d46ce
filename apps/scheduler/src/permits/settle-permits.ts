import type { AttemptKey } from '@maestro/domain';
import {
  grantPermits,
  startsAtOnce,
  type Command,
  type Plan,
  type RequestPermits,
  type RunChange,
} from '@maestro/engine';
import type { Assembly } from '../commit/assemble.js';
import type { Batch } from '../commit/batch.js';
import { grantedEvent } from './granted-event.js';
import { releasedBy } from './permit-ask.js';
import type { LockedPermits } from '../rows/permit-rows.js';
import { PermitLedger } from './permit-ledger.js';

/** openPermits takes back the permits of attempts that end in the batch, and grants them to those who have waited. */
export function openPermits(assembly: Assembly, runs: Batch['runs'], locked: LockedPermits): void {
  const ledger = new PermitLedger(locked, assembly.rows.at);
  for (const { record, decision } of runs)
    for (const attempt of releasedBy(record.state, decision.change)) ledger.release(attempt);
  ledger.admit();
  for (const waiter of ledger.admitted) tellGranted(assembly, waiter);
  assembly.permits = ledger;
}

/** takePermits settles what a decision asks for: free permits are its own at once, for others its attempts wait. */
export function takePermits(
  assembly: Assembly,
  plan: Plan,
  decided: { readonly change: RunChange; readonly commands: readonly Command[] },
): { readonly change: RunChange; readonly commands: readonly Command[] } {
  const requests = decided.commands.filter((command): command is RequestPermits => command.type === 'request-permits');
  if (requests.length === 0) return decided;
  const { runKey, tenant } = decided.change.header;
  const granted = requests.filter((request) => {
    const { ordinal, attempt, stepId, tags, priority } = request;
    return assembly.permits?.request({ runKey, tenant, ordinal, attempt, stepId, tags, priority }) === 'granted';
  });
  const later = granted.filter((request) => !startsAtOnce(plan, request));
  for (const { ordinal, attempt } of later) tellGranted(assembly, { runKey, ordinal, attempt });
  const atOnce = granted.filter((request) => !later.includes(request));
  return grantPermits(plan, decided, atOnce, assembly.rows.at);
}

/** Left with the run in the same commit; it goes on in a decision of its own. */
function tellGranted({ rows, told }: Assembly, { runKey, ordinal, attempt }: AttemptKey): void {
  rows.pendingActions.push({ runKey, event: grantedEvent({ ordinal, attempt }, rows.at) });
  told.push(runKey);
}
