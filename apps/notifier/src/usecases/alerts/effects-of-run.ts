import {
  alertKey,
  alertsOfRun,
  needsTarget,
  resolvedBy,
  runTarget,
  successWatch,
  watchesOfRun,
  type Alert,
  type RunChange,
} from '@maestro/alerting';
import { isTerminalInstance } from '@maestro/domain';
import type { AddressedAlert, AlertEffects, DurationSample } from '../../ports/alerts.js';
import type { Runs } from '../../ports/runs.js';
import { addressAlert } from './address-alert.js';
import type { RunMemory } from './run-memory.js';
import type { Wanted } from './wanted-alerts.js';

interface Sources {
  readonly runs: Runs;
  readonly memory: RunMemory;
}

/** effectsOfRun is what a change of a run does: whom it is told, what is watched from now on, and what is right again. */
export async function effectsOfRun(
  change: RunChange,
  wanted: Wanted,
  sources: Sources,
): Promise<readonly AlertEffects[]> {
  const { run, status } = change;
  const { rules } = wanted;
  const target = needsTarget(change, rules) ? await targetOf(change, wanted, sources) : undefined;
  const effects: AlertEffects = {
    ...watchesOfRun(change, rules, target),
    alerts: await addressed(alertsOfRun(change, rules), wanted, sources),
    resolved: resolvedBy(change),
    ...(status !== undefined && isTerminalInstance(status.to) ? { flush: [alertKey('STEP_FAILURE', run)] } : {}),
  };
  return status?.to === 'SUCCEEDED' ? [effects, await effectsOfSuccess(change, wanted, sources)] : [effects];
}

async function targetOf({ run }: RunChange, { alerting }: Wanted, { memory }: Sources) {
  const facts = await memory.of(run);
  return facts === undefined ? undefined : runTarget(alerting, facts);
}

async function addressed(
  alerts: readonly Alert[],
  wanted: Wanted,
  sources: Sources,
): Promise<readonly AddressedAlert[]> {
  const found: AddressedAlert[] = [];
  for (const alert of alerts) {
    const { workflowId, instanceId = 0n, runId = 0n, stepId } = alert.subject;
    const run = { workflowId, instanceId, runId };
    const failed = alert.type === 'STEP_FAILURE' && stepId !== undefined;
    const details = failed ? ((await sources.runs.step(run, stepId))?.errors ?? []) : [];
    const facts = await sources.memory.of(run);
    found.push(addressAlert({ ...alert, details }, wanted, facts?.params));
  }
  return found;
}

/** A success is history for predictions, and begins the wait for the next one. */
async function effectsOfSuccess(
  { run, status }: RunChange,
  { workflowId, tenant, rules }: Wanted,
  { runs, memory }: Sources,
): Promise<AlertEffects> {
  const next = status && successWatch({ workflowId, tenant, since: status.time }, rules);
  const facts = rules.has('TCT_VIOLATION') ? await memory.of(run) : undefined;
  const steps = facts === undefined ? [] : await runs.steps(run);
  return {
    ...(next === undefined ? {} : { close: [{ subject: { workflowId }, type: 'SUCCESS_WITHIN' }], open: [next] }),
    durations: [
      ...(facts === undefined ? [] : [facts]),
      ...steps.filter((step) => step.status === 'SUCCEEDED'),
    ].flatMap((span) => sampleOf({ ...span, run })),
  };
}

interface Span {
  readonly run: RunChange['run'];
  readonly stepId?: string;
  readonly startTime?: number;
  readonly endTime?: number;
}

/** sampleOf is how long something took; none while that is not known. */
export function sampleOf({ run, stepId, startTime, endTime }: Span): readonly DurationSample[] {
  if (startTime === undefined || endTime === undefined) return [];
  return [{ ...run, ...(stepId === undefined ? {} : { stepId }), durationMs: endTime - startTime }];
}
