import type { Tag } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { constrainedNameProblem, note } from './identifiers.js';

/** checkTags: names are well-formed and unique within the list, whatever their namespace. */
export function checkTags(tags: readonly Tag[] | undefined, path: Path, problems: Problems): void {
  const seen = new Set<string>();
  for (const [index, { name }] of (tags ?? []).entries()) {
    note(constrainedNameProblem(name), child(path, index), problems);
    if (seen.has(name)) problems.add(child(path, index), `the tag "${name}" is in the list twice`);
    seen.add(name);
  }
}
