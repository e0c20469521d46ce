import type { ParamDefinitions, PushRequest, Step, UsedStepType } from '@maestro/domain';
import { allProblems } from '@maestro/params';
import { mayBeWorkerType, stepTypesWith, type StepType } from '@maestro/steps';
import { pathOfText } from '../reading/path.js';
import type { Problem } from '../reading/problems.js';

/**
 * ContentChecks say which mistakes in expressions and texts count: `certain` are those that no run can get by, `all` also those
 * that only what a start brings, or the way that an evaluation takes, may make right.
 */
export type ContentChecks = 'none' | 'certain' | 'all';

const NO_DEFAULTS: ParamDefinitions = {};

type FindType = (name: string) => StepType | undefined;

function defaultsOf(find: FindType, step: Step): ParamDefinitions {
  return step.kind === 'step' ? (find(step.type)?.defaultParams ?? NO_DEFAULTS) : NO_DEFAULTS;
}

/** A type of a worker, of which nothing is known here: any name may be one of its params. */
function hasForeignType(find: FindType, steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if ('steps' in step) return hasForeignType(find, step.steps);
    return step.kind === 'step' && find(step.type) === undefined && mayBeWorkerType(step.type);
  });
}

/**
 * contentProblems checks the expressions, references and validators of a definition without a run. Where types of workers are
 * used that are not among `workerTypes`, it leaves that to the definition service, which knows them.
 */
export function contentProblems(
  { workflow, properties }: PushRequest,
  checks: ContentChecks,
  workerTypes: readonly UsedStepType[] = [],
): readonly Problem[] {
  if (checks === 'none') return [];
  const find = stepTypesWith(new Map(workerTypes.map(({ written, type }) => [written, type])));
  if (hasForeignType(find, workflow.steps)) return [];
  const definition = {
    workflow,
    defaultsOf: (step: Step) => defaultsOf(find, step),
    ...(properties === undefined ? {} : { properties }),
  };
  return allProblems(definition)
    .filter(({ certain }) => certain || checks === 'all')
    .map(({ path, message, line, column, excerpt }) => ({
      path: pathOfText(path),
      message,
      ...(line === undefined ? {} : { within: { line, column: column ?? 1 } }),
      ...(excerpt === undefined ? {} : { excerpt }),
    }));
}
