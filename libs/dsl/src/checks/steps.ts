import { MAX_DEPTH, MAX_NAME_LENGTH, MAX_STEPS, type Step } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkLength, checkText, note, referenceIdProblem } from './identifiers.js';
import { checkLeaf } from './leaf.js';
import { checkLoop, checkLoopParams } from './loops.js';
import { checkParams } from './params.js';
import { checkTimeout } from './parsable.js';
import { checkSignalDependencies, checkSignalOutputs } from './signals.js';
import { checkTags } from './tags.js';
import { checkTemplateStep } from './template-step.js';
import { checkTransitions } from './transitions.js';

/** StepChecks is what is known while walking through a workflow's steps. */
interface StepChecks {
  readonly problems: Problems;
  readonly stepTypes: ReadonlySet<string>;
  /** Ids seen so far: they are unique across all levels. */
  readonly ids: Set<string>;
}

interface Level {
  readonly depth: number;
  readonly loopParams: ReadonlySet<string>;
}

function checkId(step: Step, path: Path, { ids, problems }: StepChecks): void {
  const at = child(path, 'id');
  note(referenceIdProblem(step.id), at, problems);
  if (step.id !== '' && ids.has(step.id))
    problems.add(at, `another step has the id "${step.id}" already; ids are unique across all levels`);
  ids.add(step.id);
}

function checkCommon(step: Step, path: Path, problems: Problems): void {
  checkLength(step.name, MAX_NAME_LENGTH, child(path, 'name'), problems);
  checkText(step.description, child(path, 'description'), problems);
  checkTags(step.tags, child(path, 'tags'), problems);
  checkTimeout(step.timeout, child(path, 'timeout'), problems);
  checkParams(step.params, child(path, 'params'), problems);
  checkSignalDependencies(step.signalDependencies, child(path, 'signal_dependencies'), problems);
  checkSignalOutputs(step.signalOutputs, child(path, 'signal_outputs'), problems);
}

function checkOwn(step: Step, path: Path, level: Level, checks: StepChecks): void {
  const { problems } = checks;
  switch (step.kind) {
    case 'step':
      checkLeaf(step, path, problems, checks.stepTypes);
      return;
    case 'subworkflow':
      if (step.params?.['subworkflow_id'] === undefined)
        problems.add(child(child(path, 'params'), 'subworkflow_id'), 'is required: the id of the workflow to run');
      return;
    case 'foreach':
    case 'while': {
      checkLoop(step, path, problems);
      const loopParams = checkLoopParams(step, level.loopParams, path, problems);
      checkLevel(step.steps, child(path, 'steps'), { depth: level.depth + 1, loopParams }, checks);
      return;
    }
    case 'template':
      checkTemplateStep(step, path, problems);
  }
}

function checkLevel(steps: readonly Step[], path: Path, level: Level, checks: StepChecks): void {
  if (steps.length === 0) checks.problems.add(path, 'needs at least one step');
  if (level.depth >= MAX_DEPTH) {
    checks.problems.add(path, `loops are nested too deeply; at most ${MAX_DEPTH - 1} levels are allowed`);
    return;
  }
  for (const [index, step] of steps.entries()) {
    const at = child(child(path, index), step.kind);
    checkId(step, at, checks);
    checkCommon(step, at, checks.problems);
    checkOwn(step, at, level, checks);
  }
  checkTransitions(steps, path, checks.problems);
}

function count(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + ('steps' in step ? count(step.steps) : 0), 0);
}

/** checkSteps checks all steps of a workflow, those in the bodies of loops as well. */
export function checkSteps(
  steps: readonly Step[],
  path: Path,
  problems: Problems,
  stepTypes: ReadonlySet<string>,
): void {
  const total = count(steps);
  if (total > MAX_STEPS)
    problems.add(path, `there are ${total} steps; at most ${MAX_STEPS} are allowed, those in loops included`);
  checkLevel(steps, path, { depth: 0, loopParams: new Set() }, { problems, stepTypes, ids: new Set() });
}
