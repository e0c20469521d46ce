import type { StepKind } from '@maestro/domain';
import type { TypesOfNames } from './static-types.js';

/** StepFacts are what others can refer to of a step. */
export interface StepFacts {
  readonly id: string;
  readonly kind: StepKind;
  readonly params: TypesOfNames;
  /** A job template gives it params that nobody knows yet. */
  readonly isTemplated: boolean;
  /** Steps of its body, by id. */
  readonly body: ReadonlyMap<string, StepFacts>;
}

/** SignalFacts are what a run can know of the signals that started it. */
export interface SignalFacts {
  readonly names: ReadonlySet<string>;
  /** Params of the triggers. */
  readonly params: TypesOfNames;
}

/** StepPlace is the step that asks. */
export interface StepPlace {
  readonly id: string;
  /** Ids of the steps that have ended before it starts. */
  readonly upstream: ReadonlySet<string>;
  /** How many signals it waits for. */
  readonly dependencies: number;
}

/** Hint is `; did you mean "x"?` for the closest of the known names, or nothing. */
export type Hint = (written: string, known: Iterable<string>) => string;

/** Place is where in a definition a text stands: what it can refer to there. */
export interface Place {
  /** Params of the workflow, and what the loops around the place add to them. */
  readonly workflow: TypesOfNames;
  /** Params of the step, or of whatever else the text belongs to. */
  readonly own: TypesOfNames;
  readonly step?: StepPlace;
  /** Steps of the same list, by id. */
  readonly siblings: ReadonlyMap<string, StepFacts>;
  /** Ids of all steps of the workflow. */
  readonly allSteps: ReadonlySet<string>;
  readonly signals: SignalFacts;
  readonly hint: Hint;
}
