import type { AlertGranularity, Alerting, AlertType, Millis } from '@maestro/domain';

/** AlertRule is what a workflow wants to be told of one type. */
export interface AlertRule {
  /** Runs, as wholes. */
  readonly ofRuns: boolean;
  /** Steps, one by one. */
  readonly ofSteps: boolean;
  /** How long something may take; absent where no limit is given. */
  readonly limitMs?: Millis;
}

/** AlertRules holds the types that a workflow wants to be told of. */
export type AlertRules = ReadonlyMap<AlertType, AlertRule>;

/** What is told of when nobody says: failures step by step, for a digest gathers them; everything else of the run. */
const GRANULARITY: Readonly<Partial<Record<AlertType, AlertGranularity>>> = {
  STEP_FAILURE: 'STEP',
  DEPENDENCY_LATE: 'STEP',
  BREAKPOINT_HIT: 'STEP',
};

/** These are limits: without one there is nothing to watch. */
const NEEDS_LIMIT: ReadonlySet<AlertType> = new Set(['LONG_RUNNING', 'DEPENDENCY_LATE', 'SUCCESS_WITHIN']);

const MINUTE = 60_000;

/** rulesOf: failures are told wherever there is alerting, a target completion time where one is set, the rest where it is asked for. */
export function rulesOf(alerting: Alerting): AlertRules {
  const asked = Object.keys(alerting.typeConfigs ?? {}) as AlertType[];
  const types = new Set<AlertType>(['STEP_FAILURE', 'TCT_VIOLATION', ...asked]);
  return new Map(
    [...types].flatMap((type): [AlertType, AlertRule][] => {
      const rule = ruleOf(alerting, type);
      return rule === undefined ? [] : [[type, rule]];
    }),
  );
}

function ruleOf({ typeConfigs, tct }: Alerting, type: AlertType): AlertRule | undefined {
  const { disabled, granularity, durationMinutes } = typeConfigs?.[type] ?? {};
  if (disabled === true) return undefined;
  if (NEEDS_LIMIT.has(type) && durationMinutes === undefined) return undefined;
  if (type === 'TCT_VIOLATION' && tct === undefined && durationMinutes === undefined) return undefined;
  const wanted = granularity ?? GRANULARITY[type] ?? 'WORKFLOW';
  return {
    ofRuns: wanted !== 'STEP',
    ofSteps: wanted !== 'WORKFLOW',
    ...(durationMinutes === undefined ? {} : { limitMs: durationMinutes * MINUTE }),
  };
}
