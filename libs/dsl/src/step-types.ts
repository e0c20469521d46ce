import { STEP_TYPES } from '@maestro/steps';

/** ReadOptions say what a definition may use. */
export interface ReadOptions {
  /** Canonical names of the leaf step types; default: all that are registered in `@maestro/steps`. */
  readonly knownStepTypes?: ReadonlySet<string>;
}

const REGISTERED: ReadonlySet<string> = new Set(STEP_TYPES.map(({ name }) => name));

/** stepTypesOf are the leaf step types that a definition may use. */
export const stepTypesOf = ({ knownStepTypes = REGISTERED }: ReadOptions): ReadonlySet<string> => knownStepTypes;
