import {
  checkWatch,
  successWatch,
  usualDuration,
  type RunReference,
  type Watch,
  type WatchFacts,
} from '@maestro/alerting';
import { isRetryableStep, isTerminalInstance, isTerminalStep, type Params } from '@maestro/domain';
import type { Alerts } from '../../ports/alerts.js';
import type { Runs } from '../../ports/runs.js';
import { addressAlert } from './address-alert.js';
import type { RaiseAlerts } from './raise-alerts.js';
import type { WantedAlerts } from './wanted-alerts.js';

export interface WatchDeps {
  readonly wanted: WantedAlerts;
  readonly alerts: Alerts;
  readonly runs: Runs;
  readonly now: () => number;
  readonly raise: RaiseAlerts;
}

/** lookAtWatch holds a watch that is due against what the scheduler says now: an event that was never heard tells nobody wrong. */
export async function lookAtWatch(watch: Watch, deps: WatchDeps): Promise<void> {
  const { workflowId } = watch.subject;
  const wanted = await deps.wanted.of(workflowId, watch.tenant);
  if (wanted?.rules.has(watch.type) !== true) return deps.alerts.finishWatch(watch, {});
  if (watch.type === 'SUCCESS_WITHIN') {
    const [last] = await deps.runs.successes(workflowId, 1);
    if (last !== undefined && last.endTime > watch.since) {
      const next = successWatch({ workflowId, tenant: watch.tenant, since: last.endTime }, wanted.rules);
      return deps.alerts.finishWatch(watch, { open: next === undefined ? [] : [next] });
    }
  }
  const { params, ...facts } = await factsOf(watch, deps);
  const { alert, next } = checkWatch(watch, facts);
  if (alert !== undefined) await deps.raise([{ alerts: [addressAlert(alert, wanted, params)] }]);
  await deps.alerts.finishWatch(watch, {}, next);
}

type Facts = WatchFacts & { readonly params?: Params };

async function factsOf(watch: Watch, { alerts, runs, now }: WatchDeps): Promise<Facts> {
  const { workflowId, instanceId, runId, stepId } = watch.subject;
  if (instanceId === undefined || runId === undefined) return { now: now(), over: false };
  const run: RunReference = { workflowId, instanceId, runId };
  const facts = await runs.run(run);
  if (facts === undefined || isTerminalInstance(facts.status)) return { now: now(), over: true };
  const durations = watch.type === 'TCT_VIOLATION' ? await alerts.durations(workflowId, stepId) : [];
  const usual = usualDuration(durations);
  const step = stepId === undefined ? undefined : await runs.step(run, stepId);
  const { startTime } = stepId === undefined ? facts : (step ?? {});
  return {
    now: now(),
    over: stepId !== undefined && (step === undefined || isOver(watch, step.status)),
    params: facts.params,
    ...(usual === undefined ? {} : { usual }),
    ...(startTime === undefined ? {} : { startTime }),
  };
}

function isOver({ type }: Watch, status: Parameters<typeof isTerminalStep>[0]): boolean {
  if (type === 'DEPENDENCY_LATE') return status !== 'WAITING_FOR_SIGNALS';
  return isTerminalStep(status) && !isRetryableStep(status);
}
