import { isTerminalInstance, type Millis } from '@maestro/domain';
import { alertKey } from './alert-key.js';
import type { AlertRules } from './alert-rule.js';
import type { AlertSubject } from './alert.js';
import { begunStep, endedStep } from './outcome.js';
import type { RunChange, StepChange } from './run-change.js';
import type { Watch, WatchedType } from './watch.js';

/** WatchChanges: what is no longer watched, and then what is. */
export interface WatchChanges {
  /** Watches of the type (absent: of all types) about the subject and all that is within it. */
  readonly close: readonly { readonly subject: AlertSubject; readonly type?: WatchedType }[];
  readonly open: readonly Watch[];
}

/** watchesOfRun: what a change of a run begins and ends to be watched. `target` is when the run is to be complete. */
export function watchesOfRun(change: RunChange, rules: AlertRules, target?: Millis): WatchChanges {
  const { run, status } = change;
  if (status !== undefined && isTerminalInstance(status.to)) return { close: [{ subject: run }], open: [] };
  const close = change.steps.flatMap((step) => closedByStep({ ...run, stepId: step.stepId }, step));
  const open = [
    ...(status === undefined ? [] : openedByRun(change, rules, target)),
    ...change.steps.flatMap((step) => openedByStep(change, step, { rules, target })),
  ];
  return { close, open };
}

/** needsTarget: whether a change begins something that has to be complete by the run's target. */
export function needsTarget({ status, steps }: RunChange, rules: AlertRules): boolean {
  const rule = rules.get('TCT_VIOLATION');
  if (rule === undefined) return false;
  if (rule.ofRuns && status !== undefined && !isTerminalInstance(status.to)) return true;
  return rule.ofSteps && rule.limitMs === undefined && steps.some(beginsNow);
}

function closedByStep(subject: AlertSubject, { from, to }: StepChange): WatchChanges['close'] {
  if (endedStep(to)) return [{ subject }];
  return from === 'WAITING_FOR_SIGNALS' ? [{ subject, type: 'DEPENDENCY_LATE' }] : [];
}

function openedByRun({ run, tenant, status }: RunChange, rules: AlertRules, target?: Millis): readonly Watch[] {
  if (status === undefined) return [];
  const since = status.time;
  const opened: Watch[] = [];
  if (rules.get('TCT_VIOLATION')?.ofRuns === true && target !== undefined)
    opened.push(watchOf('TCT_VIOLATION', { tenant, subject: run, since, limit: target }));
  const longest = rules.get('LONG_RUNNING');
  if (longest?.ofRuns === true && longest.limitMs !== undefined && status.to === 'IN_PROGRESS')
    opened.push(watchOf('LONG_RUNNING', { tenant, subject: run, since, limit: since + longest.limitMs }));
  return opened;
}

interface Limits {
  readonly rules: AlertRules;
  readonly target: Millis | undefined;
}

function openedByStep({ run, tenant }: RunChange, step: StepChange, { rules, target }: Limits): readonly Watch[] {
  const since = step.time;
  const about = { tenant, subject: { ...run, stepId: step.stepId }, since };
  const within = (type: WatchedType, other?: Millis): readonly Watch[] => {
    const rule = rules.get(type);
    const limit = rule?.limitMs === undefined ? other : since + rule.limitMs;
    return rule?.ofSteps === true && limit !== undefined ? [watchOf(type, { ...about, limit })] : [];
  };
  if (beginsNow(step)) return [...within('LONG_RUNNING'), ...within('TCT_VIOLATION', target)];
  return step.to === 'WAITING_FOR_SIGNALS' ? within('DEPENDENCY_LATE') : [];
}

const beginsNow = ({ from, to }: StepChange): boolean => begunStep(to) && !begunStep(from);

/** watchOf: a completion time is looked at once at the beginning, for history may tell already that it will be missed. */
export function watchOf(type: WatchedType, rest: Pick<Watch, 'tenant' | 'subject' | 'since' | 'limit'>): Watch {
  const due = type === 'TCT_VIOLATION' ? Math.min(rest.since, rest.limit) : rest.limit;
  return { key: alertKey(type, rest.subject), type, ...rest, due };
}
