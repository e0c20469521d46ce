import { MAX_TIMEOUT_SECS, MAX_TRIGGER_SIGNALS, type SignalTrigger, type TimeTrigger } from '@maestro/domain';
import { scheduleProblems } from '@maestro/schedule';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkText, constrainedNameProblem, note } from './identifiers.js';
import { checkParams } from './params.js';
import { checkRunParams } from './start-request.js';
import { checkDuration } from './parsable.js';

/** Two fires of an interval are at least this far apart. */
const MIN_INTERVAL_MS = 120_000n;
/** More missed firings than that are not started together. */
const MAX_CATCH_UP = 100;
/** Fields that are checked as durations of any definition are. */
const DURATIONS: readonly string[] = ['fuzzy_max_delay', 'interval'];

/** timezoneProblem says that a time zone is unknown. */
export function timezoneProblem(timezone: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return undefined;
  } catch {
    return `"${timezone}" is not a time zone such as UTC or America/New_York`;
  }
}

function checkTimeTrigger(trigger: TimeTrigger, path: Path, problems: Problems): void {
  checkDuration(trigger.fuzzyMaxDelay, [0n, MAX_TIMEOUT_SECS], child(path, 'fuzzy_max_delay'), problems);
  if (trigger.type === 'INTERVAL')
    checkDuration(trigger.interval, [MIN_INTERVAL_MS, MAX_TIMEOUT_SECS], child(path, 'interval'), problems);
  const { maxCatchUp = 0 } = trigger;
  if (maxCatchUp < 0 || maxCatchUp > MAX_CATCH_UP)
    problems.add(child(path, 'max_catch_up'), `must be a whole number from 0 to ${MAX_CATCH_UP}`);
  checkRunParams(trigger.params ?? {}, child(path, 'params'), problems);
  for (const { field, message } of scheduleProblems(trigger))
    if (!DURATIONS.includes(field)) problems.add(child(path, field), message);
}

/** checkTimeTriggers: time zones, cron fields, intervals and jitter. */
export function checkTimeTriggers(triggers: readonly TimeTrigger[] | undefined, path: Path, problems: Problems): void {
  for (const [index, trigger] of (triggers ?? []).entries()) checkTimeTrigger(trigger, child(path, index), problems);
}

function checkJoins({ definitions }: SignalTrigger, path: Path, problems: Problems): void {
  const all = Object.entries(definitions);
  const lengths = new Set(all.map(([, { joinKeys = [] }]) => joinKeys.length));
  if (lengths.size > 1) problems.add(path, 'all signals of a trigger need the same number of join_keys');
  for (const [name, { joinKeys = [], matchParams = {} }] of all)
    for (const [index, key] of joinKeys.entries())
      if (Object.hasOwn(matchParams, key))
        problems.add(
          child(child(child(path, name), 'join_keys'), index),
          `"${key}" is also one of match_params; keep one of them`,
        );
}

function checkSignalTrigger(trigger: SignalTrigger, path: Path, problems: Problems): void {
  const at = child(path, 'definitions');
  const names = Object.keys(trigger.definitions);
  if (names.length === 0) problems.add(at, 'needs at least one signal');
  if (names.length > MAX_TRIGGER_SIGNALS)
    problems.add(at, `has ${names.length} signals; at most ${MAX_TRIGGER_SIGNALS} are allowed`);
  for (const name of names) note(constrainedNameProblem(name), child(at, name), problems);
  checkJoins(trigger, at, problems);
  checkParams(trigger.params, child(path, 'params'), problems);
  checkText(trigger.condition, child(path, 'condition'), problems);
  checkText(trigger.dedupExpr, child(path, 'dedup_expr'), problems);
}

/** checkSignalTriggers: how many signals, how they are joined, and what they pass on. */
export function checkSignalTriggers(
  triggers: readonly SignalTrigger[] | undefined,
  path: Path,
  problems: Problems,
): void {
  for (const [index, trigger] of (triggers ?? []).entries()) checkSignalTrigger(trigger, child(path, index), problems);
}
