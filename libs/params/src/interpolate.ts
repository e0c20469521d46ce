import { PRESETS } from '@maestro/sel';
import { interpolateText } from './definition-evaluator.js';
import { outcomeOf, ParamFailure, type Failed } from './failure.js';
import type { ParamScope } from './scope.js';
import { NO_OWN_PARAMS, toolsFor } from './tools.js';

export type InterpolateOutcome = { readonly kind: 'value'; readonly value: string } | Failed;

/** Nothing is compiled or evaluated here: the scope holds values only. */
const NO_COMPILER = {
  compile(text: string): never {
    throw new Error(`interpolation compiles nothing: ${text}`);
  },
};

/**
 * interpolate fills `$name` and `${name}` of a text such as a tag, address or timeout from the evaluated params of a scope
 * (spec 2.4). `path` names the text in violations.
 */
export function interpolate(text: string, scope: ParamScope, path = 'text'): InterpolateOutcome {
  const tools = toolsFor({ scope, compiler: NO_COMPILER, limits: PRESETS.FULL }, NO_OWN_PARAMS);
  try {
    return { kind: 'value', value: interpolateText(tools, path, text) };
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'error') return outcome;
    const { violation } = new ParamFailure({ path, message: 'refers to more text than can be put together' });
    return { kind: 'error', violations: [violation] };
  }
}
