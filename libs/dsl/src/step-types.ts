import type { UsedStepType } from '@maestro/domain';
import { mayBeWorkerType, STEP_TYPES } from '@maestro/steps';
import type { ContentChecks } from './checks/content.js';

/** ReadOptions say what a definition may use. */
export interface ReadOptions {
  /**
   * Names of the leaf step types. Default: the built-in ones, and whatever may be the name of a type of remote workers: those
   * only the definition service knows.
   */
  readonly knownStepTypes?: ReadonlySet<string>;
}

/** ParseOptions add how much is checked. */
export interface ParseOptions extends ReadOptions {
  /** Which mistakes in expressions and texts count; default `none`: a push refuses the `certain` ones. */
  readonly content?: ContentChecks;
  /** What the types of workers mean that the definition uses, as far as they are known. */
  readonly workerTypes?: readonly UsedStepType[];
}

/** OpenStepTypes are the built-in types, by their canonical names, and all that may be types of workers. */
class OpenStepTypes extends Set<string> {
  override has(name: string): boolean {
    return super.has(name) || mayBeWorkerType(name);
  }
}

const OPEN: ReadonlySet<string> = new OpenStepTypes(STEP_TYPES.map(({ name }) => name));

/** stepTypesOf are the leaf step types that a definition may use. */
export const stepTypesOf = ({ knownStepTypes = OPEN }: ReadOptions): ReadonlySet<string> => knownStepTypes;
