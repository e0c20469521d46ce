import { type LeafStep, suggestion } from '@maestro/domain';
import { stepType } from '@maestro/steps';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkRetryPolicy } from './retry.js';

/** A type that repeats as sub-type is a job template's: it is resolved when the template is known. */
const isTemplates = ({ type, subType }: LeafStep): boolean => type !== '' && type === subType;

/** checkLeaf: the step's type is registered, and takes the params that are given. */
export function checkLeaf(step: LeafStep, path: Path, problems: Problems, stepTypes: ReadonlySet<string>): void {
  checkRetryPolicy(step.retryPolicy, child(path, 'retry_policy'), problems);
  if (isTemplates(step)) return;
  if (!stepTypes.has(step.type)) {
    const known = [...stepTypes].join(', ');
    problems.add(
      child(path, 'type'),
      `"${step.type}" is not a step type (${known})${suggestion(step.type, stepTypes)}`,
    );
    return;
  }
  for (const violation of stepType(step.type)?.validate(step) ?? [])
    problems.add(violation.path.split('.').reduce<Path>(child, path), violation.message);
}
