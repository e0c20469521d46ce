import { type Step, suggestion } from '@maestro/domain';
import { stepGraph } from '../graph.js';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkText } from './identifiers.js';

function transitionPath(path: Path, index: number, kind: string, key: string): Path {
  return child(child(child(child(path, index), kind), 'transition'), key);
}

function checkSuccessors(steps: readonly Step[], path: Path, problems: Problems): void {
  const ids = new Set(steps.map((step) => step.id));
  for (const [index, step] of steps.entries())
    for (const [next, condition] of Object.entries(step.transition?.successors ?? {})) {
      const at = child(transitionPath(path, index, step.kind, 'successors'), next);
      if (!ids.has(next)) problems.add(at, `there is no step "${next}" beside this one${suggestion(next, ids)}`);
      if (condition.trim() === '') problems.add(at, 'needs a condition; "true" means always');
      checkText(condition, at, problems);
    }
}

function checkPredecessors(steps: readonly Step[], path: Path, problems: Problems): void {
  const computed = new Map<string, string[]>(steps.map((step) => [step.id, []]));
  for (const step of steps)
    for (const next of Object.keys(step.transition?.successors ?? {})) computed.get(next)?.push(step.id);
  for (const [index, { id, kind, transition }] of steps.entries()) {
    if (transition?.predecessors === undefined) continue;
    const wanted = [...(computed.get(id) ?? [])].sort().join(', ');
    if ([...transition.predecessors].sort().join(', ') !== wanted)
      problems.add(
        transitionPath(path, index, kind, 'predecessors'),
        `must be those that name this step as successor: [${wanted}]; or leave it out`,
      );
  }
}

/** checkTransitions: successors exist, predecessors agree, and nothing goes round in a circle. */
export function checkTransitions(steps: readonly Step[], path: Path, problems: Problems): void {
  checkSuccessors(steps, path, problems);
  checkPredecessors(steps, path, problems);
  const graph = stepGraph(steps);
  if ('message' in graph) problems.add(path, graph.message);
}
