import type { TemplateStep } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';

/** checkTemplateStep: a template step is replaced by steps, so it has nothing that only a step under way could have. */
export function checkTemplateStep(step: TemplateStep, path: Path, problems: Problems): void {
  if (step.subType === undefined || step.subType === '')
    problems.add(child(path, 'sub_type'), 'is required: the job type of the template whose steps take its place');
  if (step.timeout !== undefined)
    problems.add(child(path, 'timeout'), 'has no meaning for a template step; give it to the steps of the template');
}
