import type { JsonObject, Step } from '@maestro/domain';
import { jsonFields, listJson } from './fields.js';

/** runtimeDagToJson: step id -> its transition, with the predecessors computed (§3.1 of Maestro's model). */
export function runtimeDagToJson(steps: readonly Step[]): JsonObject {
  const predecessors = new Map<string, string[]>(steps.map((step) => [step.id, []]));
  for (const step of steps) {
    for (const next of Object.keys(step.transition?.successors ?? {})) predecessors.get(next)?.push(step.id);
  }
  return Object.fromEntries(
    steps.map((step) => [
      step.id,
      jsonFields({
        predecessors: listJson(predecessors.get(step.id) ?? [], (id) => id),
        successors: step.transition?.successors,
      }),
    ]),
  );
}
