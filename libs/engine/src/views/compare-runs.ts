import type { Millis, Param, Params, StepStatus } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { RunHeader, StepState } from '../state.js';
import { criticalPath } from './critical-path.js';

/** RunSide is one of two runs that are compared: the latest attempts of its steps by ordinal, those of earlier runs that count included. */
export interface RunSide {
  readonly plan: Plan;
  readonly header: Pick<RunHeader, 'startTime' | 'endTime'>;
  readonly params: Params;
  readonly steps: ReadonlyMap<number, StepState>;
}

/** SideSummary is how one run fared as a whole. */
export interface SideSummary {
  /** Milliseconds; until now for a run that goes on, undefined for one that has not begun. */
  readonly duration: Millis | undefined;
  /** Ids of the steps that the duration follows from. */
  readonly criticalPath: readonly string[];
}

/** ParamDifference is a param of the workflow whose values differ; undefined where a run does not have it. */
export interface ParamDifference {
  readonly name: string;
  readonly left: Param | undefined;
  readonly right: Param | undefined;
}

/** StepSide is a step in one of the runs. */
export interface StepSide {
  readonly status: StepStatus;
  /** Milliseconds from creation to end of its latest attempt. */
  readonly duration: Millis | undefined;
}

/** StepComparison is a step in both; a side is undefined where the version has no such step. */
export interface StepComparison {
  readonly stepId: string;
  readonly left: StepSide | undefined;
  readonly right: StepSide | undefined;
}

/** RunComparison is what two runs have different, and what each of them took. */
export interface RunComparison {
  readonly left: SideSummary;
  readonly right: SideSummary;
  readonly params: readonly ParamDifference[];
  /** Those of the right run first, in the order of its definition. */
  readonly steps: readonly StepComparison[];
}

/** compareRuns puts two runs side by side; they may be of different versions, and of different workflows. */
export function compareRuns(left: RunSide, right: RunSide, now: Millis): RunComparison {
  return {
    left: summaryOf(left, now),
    right: summaryOf(right, now),
    params: differences(left.params, right.params),
    steps: [...new Set([...right.plan.ordinals.keys(), ...left.plan.ordinals.keys()])].map((stepId) => ({
      stepId,
      left: stepSide(left, stepId),
      right: stepSide(right, stepId),
    })),
  };
}

function summaryOf({ plan, header, steps }: RunSide, now: Millis): SideSummary {
  const { startTime, endTime } = header;
  return {
    duration: startTime === undefined ? undefined : (endTime ?? now) - startTime,
    criticalPath: criticalPath(plan, steps).map((ordinal) => plan.steps[ordinal]?.id ?? ''),
  };
}

function differences(left: Params, right: Params): ParamDifference[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return names
    .map((name) => ({ name, left: left[name], right: right[name] }))
    .filter((each) => valueText(each.left) !== valueText(each.right));
}

/** Values are equal when their types and texts are: 1 and 1.0 are not, as for expressions. */
function valueText(param: Param | undefined): string | undefined {
  if (param === undefined) return undefined;
  const value = param.evaluatedResult ?? ('value' in param.definition ? param.definition.value : param.definition);
  const exact = (_: string, part: unknown): unknown => (typeof part === 'bigint' ? `${part}n` : part);
  return `${param.definition.type} ${JSON.stringify(value, exact)}`;
}

function stepSide({ plan, steps }: RunSide, stepId: string): StepSide | undefined {
  const ordinal = plan.ordinals.get(stepId);
  if (ordinal === undefined) return undefined;
  const { status = 'NOT_CREATED', times } = steps.get(ordinal) ?? {};
  const { create, end } = times ?? {};
  return { status, duration: create === undefined || end === undefined ? undefined : end - create };
}
