import type { ParamDefinition, ParamDefinitions, Step, Workflow } from '@maestro/domain';
import { namesRead, SelError } from '@maestro/sel';
import { below } from './problem.js';

/**
 * constantExpressions are the params of steps, by their paths, whose expressions refer to nothing: their values are the same
 * in every run, so they can be evaluated before the first one.
 */
export function constantExpressions({ steps }: Workflow): ParamDefinitions {
  return Object.fromEntries(ofSteps(steps, below('workflow', 'steps')));
}

type Entry = readonly [path: string, definition: ParamDefinition];

function ofSteps(steps: readonly Step[], path: string): readonly Entry[] {
  return steps.flatMap((step, index) => {
    const at = below(path, index, step.kind);
    const inside = 'steps' in step ? ofSteps(step.steps, below(at, 'steps')) : [];
    return [...ofParams(step.params ?? {}, below(at, 'params')), ...inside];
  });
}

function ofParams(definitions: ParamDefinitions, path: string): readonly Entry[] {
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const at = below(path, name);
    if (definition.expression !== undefined)
      return isConstant(definition.expression) ? [[at, definition] as const] : [];
    return definition.type === 'MAP' ? ofParams(definition.value ?? {}, below(at, 'value')) : [];
  });
}

/** What can name the present, chance or the run may give another value every time. */
const CHANGING = /\bparams\b|\bSystem\b|\brandom|\bnew\s+DateTime\s*\(\s*\)|\btimeoutFor/;

function isConstant(expression: string): boolean {
  if (CHANGING.test(expression)) return false;
  try {
    return namesRead(expression).length === 0;
  } catch (error) {
    if (error instanceof SelError) return false;
    throw error;
  }
}
