import { MAX_NAME_LENGTH, suggestion, type JobTemplateDefinition, type JobTemplateRequest } from '@maestro/domain';
import { canonicalType } from '../model/steps/leaf.js';
import { child, pathOf, ROOT, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkLength, checkText, note, referenceIdProblem } from './identifiers.js';
import { checkParams } from './params.js';
import { checkSteps } from './steps.js';
import { checkTags } from './tags.js';

/** The step type of templates that template steps expand to. */
const TEMPLATE = 'template';

function checkStepType(
  { stepType, steps }: JobTemplateDefinition,
  path: Path,
  problems: Problems,
  stepTypes: ReadonlySet<string>,
): void {
  const at = child(path, 'step_type');
  if (stepType === '') return;
  if (stepType.toLowerCase() === TEMPLATE) return;
  if (steps !== undefined)
    problems.add(child(path, 'steps'), `a template with steps has the step_type "${TEMPLATE}", not "${stepType}"`);
  if (stepTypes.has(canonicalType(stepType, stepTypes))) return;
  const known = [...stepTypes, TEMPLATE];
  problems.add(at, `"${stepType}" is not a step type (${known.join(', ')})${suggestion(stepType, known)}`);
}

function checkParents({ inheritFrom = {} }: JobTemplateDefinition, path: Path, problems: Problems): void {
  for (const [jobType, version] of Object.entries(inheritFrom)) {
    const at = child(child(path, 'inherit_from'), jobType);
    note(referenceIdProblem(jobType), at, problems);
    note(referenceIdProblem(version), at, problems);
  }
}

/** checkJobTemplate notes everything about a template that types alone do not rule out; its parents are somebody else's to find. */
export function checkJobTemplate(
  { owner, definition }: JobTemplateRequest,
  problems: Problems,
  stepTypes: ReadonlySet<string>,
): void {
  const path = pathOf('definition');
  if (owner.name === '') problems.add(child(ROOT, 'owner'), 'must not be empty');
  checkLength(owner.name, MAX_NAME_LENGTH, child(ROOT, 'owner'), problems);
  note(referenceIdProblem(definition.jobType), child(path, 'job_type'), problems);
  note(referenceIdProblem(definition.version), child(path, 'version'), problems);
  if (definition.stepType === '') problems.add(child(path, 'step_type'), 'must not be empty');
  checkStepType(definition, path, problems, stepTypes);
  checkText(definition.description, child(path, 'description'), problems);
  checkTags(definition.tags, child(path, 'tags'), problems);
  checkParents(definition, path, problems);
  checkParams(definition.params, child(path, 'params'), problems);
  if (definition.steps !== undefined) checkSteps(definition.steps, child(path, 'steps'), problems, stepTypes);
}
