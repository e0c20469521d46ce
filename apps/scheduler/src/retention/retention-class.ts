import type { RunKey, Workflow } from '@maestro/domain';
import { runKeyParts } from '@maestro/domain';

/** DEFAULT_RETENTION_CLASS is the class of runs whose workflow names none: how long it is kept is a setting. */
export const DEFAULT_RETENTION_CLASS = 0;

/**
 * Days that runs are kept by the tag of their workflow. The class is part of a run's key (docs/adr/0001): its number stands in the
 * database, so that a line here is never changed, only added.
 */
const NAMED: Readonly<Record<string, { readonly retentionClass: number; readonly days: number }>> = {
  'retention.1d': { retentionClass: 1, days: 1 },
  'retention.7d': { retentionClass: 2, days: 7 },
  'retention.30d': { retentionClass: 3, days: 30 },
  'retention.90d': { retentionClass: 4, days: 90 },
  'retention.365d': { retentionClass: 5, days: 365 },
  'retention.3650d': { retentionClass: 6, days: 3_650 },
  'retention.forever': { retentionClass: 7, days: Number.POSITIVE_INFINITY },
};

/** RETENTION_TAGS are the tags by which a workflow chooses how long its runs are kept. */
export const RETENTION_TAGS: readonly string[] = Object.keys(NAMED);

/** retentionClassOf is the class of new runs of a workflow: that of its longest retention tag, else the default one. */
export function retentionClassOf({ tags = [] }: Pick<Workflow, 'tags'>): number {
  const named = tags.flatMap(({ name }) => NAMED[name] ?? []);
  return named.reduce((best, next) => (next.days > best.days ? next : best), {
    retentionClass: DEFAULT_RETENTION_CLASS,
    days: 0,
  }).retentionClass;
}

/** retentionClassOfRun is the class that a run has; iterations have that of their parent. */
export const retentionClassOfRun = (runKey: RunKey): number => runKeyParts(runKey).retentionClass;

/** daysKept is how long runs of a class are kept after the week that they began in; infinite = for ever. */
export function daysKept(retentionClass: number, defaultDays: number): number {
  if (retentionClass === DEFAULT_RETENTION_CLASS) return defaultDays === 0 ? Number.POSITIVE_INFINITY : defaultDays;
  const named = Object.values(NAMED).find((each) => each.retentionClass === retentionClass);
  return named?.days ?? Number.POSITIVE_INFINITY;
}
