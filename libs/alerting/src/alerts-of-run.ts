import type { AlertType } from '@maestro/domain';
import { alertKey, subjectName } from './alert-key.js';
import type { AlertRules } from './alert-rule.js';
import type { Alert, AlertSubject } from './alert.js';
import { failedForGood, failedRun } from './outcome.js';
import type { RunChange, StepChange } from './run-change.js';

/** alertsOfRun: what a change of a run tells of at once. */
export function alertsOfRun(change: RunChange, rules: AlertRules): readonly Alert[] {
  return [...change.steps.flatMap((step) => ofStep(change, step, rules)), ...ofStatus(change, rules)];
}

function ofStep(change: RunChange, step: StepChange, rules: AlertRules): readonly Alert[] {
  const about = (type: AlertType, what: string): readonly Alert[] => {
    if (rules.get(type)?.ofSteps !== true) return [];
    const alert = alertOf(type, change, { ...step, what });
    // A step that somebody has run again fails again: news, of the same incident.
    return [{ ...alert, key: alertKey(type, alert.subject, String(step.attempt)) }];
  };
  if (failedForGood(step.to)) return about('STEP_FAILURE', `failed for good: ${step.to}, attempt ${step.attempt}`);
  if (step.to === 'SUCCEEDED') return about('RUN_SUCCESS', 'succeeded');
  if (step.to === 'PAUSED') return about('BREAKPOINT_HIT', 'is paused by a breakpoint');
  return [];
}

function ofStatus(change: RunChange, rules: AlertRules): readonly Alert[] {
  const { status } = change;
  if (status === undefined) return [];
  if (status.to === 'SUCCEEDED' && rules.get('RUN_SUCCESS')?.ofRuns === true)
    return [alertOf('RUN_SUCCESS', change, { ...status, what: 'succeeded' })];
  if (status.to === 'PAUSED' && rules.get('BREAKPOINT_HIT')?.ofRuns === true)
    return [alertOf('BREAKPOINT_HIT', change, { ...status, what: 'is paused' })];
  const failure = rules.get('STEP_FAILURE');
  if (!failedRun(status.to) || failure === undefined) return [];
  // Who is told of steps hears of the run only when it failed by itself, as for a param that cannot be evaluated.
  const alert = alertOf('STEP_FAILURE', change, { ...status, what: `ended ${status.to}` });
  return [failure.ofRuns ? alert : { ...alert, unlessStepTold: true }];
}

interface Happening {
  readonly stepId?: string;
  readonly time: number;
  readonly what: string;
}

function alertOf(type: AlertType, { run, tenant }: RunChange, { stepId, time, what }: Happening): Alert {
  const subject: AlertSubject = { ...run, ...(stepId === undefined ? {} : { stepId }) };
  const key = alertKey(type, subject);
  return { key, incident: key, type, tenant, subject, time, summary: `${subjectName(subject)} ${what}`, details: [] };
}
