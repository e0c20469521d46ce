import type { ContentChecks } from './checks/content.js';
import { STEP_TYPES } from '@maestro/steps';

/** ReadOptions say what a definition may use. */
export interface ReadOptions {
  /** Canonical names of the leaf step types; default: all that are registered in `@maestro/steps`. */
  readonly knownStepTypes?: ReadonlySet<string>;
}

/** ParseOptions add how much is checked. */
export interface ParseOptions extends ReadOptions {
  /** Which mistakes in expressions and texts count; default `none`: a push refuses the `certain` ones. */
  readonly content?: ContentChecks;
}

const REGISTERED: ReadonlySet<string> = new Set(STEP_TYPES.map(({ name }) => name));

/** stepTypesOf are the leaf step types that a definition may use. */
export const stepTypesOf = ({ knownStepTypes = REGISTERED }: ReadOptions): ReadonlySet<string> => knownStepTypes;
