import { definitionAlert, successWatch, alertKey, REMEMBERED_DURATIONS } from '@maestro/alerting';
import type { AlertEffects, Alerts } from '../../ports/alerts.js';
import type { WorkflowChanged } from '../../ports/maestro-event.js';
import type { Runs } from '../../ports/runs.js';
import { addressAlert } from './address-alert.js';
import { sampleOf } from './effects-of-run.js';
import type { Wanted, WantedAlerts } from './wanted-alerts.js';

export interface DefinitionDeps {
  readonly wanted: WantedAlerts;
  readonly alerts: Alerts;
  readonly runs: Runs;
  readonly now: () => number;
}

/** Older changes are told nobody: a notifier that is new to an old installation reads all of its history. */
const TOLD_FOR_MS = 24 * 3_600_000;

/** effectsOfDefinition brings what is wanted up to date, and tells of the change itself. */
export async function effectsOfDefinition(
  change: WorkflowChanged,
  deps: DefinitionDeps,
): Promise<readonly AlertEffects[]> {
  const { workflowId, tenant, sequence } = change;
  const before = await deps.wanted.of(workflowId, tenant);
  const after = await deps.wanted.refresh(workflowId, tenant, sequence);
  if (change.change === 'removed') await deps.alerts.forget(workflowId);
  const told = changeAlert(change, after ?? before, deps.now());
  return [told, await watchedSuccess(change, after, deps), await history(after, deps)];
}

function changeAlert(change: WorkflowChanged, wanted: Wanted | undefined, now: number): AlertEffects {
  if (wanted === undefined || change.time < now - TOLD_FOR_MS) return {};
  const { author = 'somebody', ...rest } = change;
  const alert = definitionAlert({ ...rest, author, what: whatOf(change) }, wanted.rules);
  return alert === undefined ? {} : { alerts: [addressAlert(alert, wanted)] };
}

function whatOf({ change, latestVersion, activeVersion }: WorkflowChanged): string {
  switch (change) {
    case 'pushed':
      return `was pushed as version ${latestVersion}${activeVersion === latestVersion ? ', which is active,' : ''}`;
    case 'activated':
      return `was set to version ${activeVersion}`;
    case 'deactivated':
      return 'was deactivated';
    case 'properties-changed':
      return 'has other properties, set';
    case 'removed':
      return 'was removed';
  }
}

/** While no version is active nobody waits for a success. */
async function watchedSuccess(
  { workflowId, tenant, activeVersion, time }: WorkflowChanged,
  wanted: Wanted | undefined,
  { alerts, runs }: DefinitionDeps,
): Promise<AlertEffects> {
  const close = [{ subject: { workflowId }, type: 'SUCCESS_WITHIN' as const }];
  if (wanted?.rules.has('SUCCESS_WITHIN') !== true || activeVersion === undefined) return { close };
  const [last] = await runs.successes(workflowId, 1);
  const waiting = await alerts.findWatch(alertKey('SUCCESS_WITHIN', { workflowId }));
  const since = last?.endTime ?? waiting?.since ?? time;
  const watch = successWatch({ workflowId, tenant, since }, wanted.rules);
  return { close, open: watch === undefined ? [] : [watch] };
}

/** Runs that succeeded before a completion time was set count for predictions, too. */
async function history(wanted: Wanted | undefined, { alerts, runs }: DefinitionDeps): Promise<AlertEffects> {
  if (wanted?.rules.has('TCT_VIOLATION') !== true) return {};
  if ((await alerts.durations(wanted.workflowId)).length > 0) return {};
  return { durations: (await runs.successes(wanted.workflowId, REMEMBERED_DURATIONS)).flatMap(sampleOf) };
}
