import type { FieldViolation, LeafStep, ParamDefinitions } from '@maestro/domain';

/**
 * StepRunner says where attempts of a type run: inside the engine's decision, on an executor, or nowhere yet. A step of
 * a `later` type is accepted at push; starting one ends in a fatal error that names what is missing (`StepType.doc`).
 */
export type StepRunner = 'engine' | 'executor' | 'later';

/**
 * OnExecutorLost says what becomes of an attempt whose executor is gone. `fail`: what it ran was killed with it, so the
 * attempt is a platform failure. `reattach`: what it runs (a container) goes on without it; the same attempt is handed out
 * again, and the next executor takes over what it finds under the attempt's id.
 */
export type OnExecutorLost = 'fail' | 'reattach';

/** StepType is all that is known of one leaf step type before anything runs. */
export interface StepType {
  /** Canonical spelling, as definitions and answers show it; any case is accepted. */
  readonly name: string;
  readonly runs: StepRunner;
  readonly onExecutorLost: OnExecutorLost;
  /** One or two sentences for people: what it does, or which part has to come first. */
  readonly doc: string;
  /** Params under which the step's own are merged (the spec's system defaults of a step type). */
  readonly defaultParams: ParamDefinitions;
  /** Names of the default params that the runtime itself writes; a step may declare and return others. */
  readonly outputs: readonly string[];
  /** What is wrong with a step of this type, by path relative to the step (`params.http`). Never throws. */
  validate(step: LeafStep): readonly FieldViolation[];
}
