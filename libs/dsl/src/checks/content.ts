import type { ParamDefinitions, PushRequest, Step } from '@maestro/domain';
import { allProblems } from '@maestro/params';
import { stepType } from '@maestro/steps';
import { pathOfText } from '../reading/path.js';
import type { Problem } from '../reading/problems.js';

/**
 * ContentChecks say which mistakes in expressions and texts count: `certain` are those that no run can get by, `all` also those
 * that only what a start brings, or the way that an evaluation takes, may make right.
 */
export type ContentChecks = 'none' | 'certain' | 'all';

const NO_DEFAULTS: ParamDefinitions = {};

function defaultsOf(step: Step): ParamDefinitions {
  return step.kind === 'step' ? (stepType(step.type)?.defaultParams ?? NO_DEFAULTS) : NO_DEFAULTS;
}

/** contentProblems checks the expressions, references and validators of a definition without a run. */
export function contentProblems({ workflow, properties }: PushRequest, checks: ContentChecks): readonly Problem[] {
  if (checks === 'none') return [];
  const definition = { workflow, defaultsOf, ...(properties === undefined ? {} : { properties }) };
  return allProblems(definition)
    .filter(({ certain }) => certain || checks === 'all')
    .map(({ path, message, line, column, excerpt }) => ({
      path: pathOfText(path),
      message,
      ...(line === undefined ? {} : { within: { line, column: column ?? 1 } }),
      ...(excerpt === undefined ? {} : { excerpt }),
    }));
}
