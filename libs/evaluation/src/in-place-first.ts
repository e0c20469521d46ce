import { evaluateCondition, evaluateParams } from '@maestro/params';
import { PRESETS, type Compiler } from '@maestro/sel';
import { environmentOf } from './environment.js';
import { evaluateBare } from './evaluate-bare.js';
import type { ConditionAnswer, ConditionsTask, Evaluator } from './task.js';

const limits = PRESETS.IN_PLACE;

/**
 * inPlaceFirst answers what is cheap at once, in the thread that asks (well under a millisecond), and leaves the rest to
 * `elsewhere`. `compiler` remembers the expressions of this thread.
 */
export function inPlaceFirst(elsewhere: Evaluator, compiler: Compiler): Evaluator {
  return {
    params: async (task) => {
      const { definitions, defaults = {}, scope, at } = task;
      const outcome = evaluateParams({
        definitions,
        defaults,
        scope,
        at,
        compiler,
        limits,
        environment: environmentOf(task),
      });
      return outcome.kind === 'exhausted' ? elsewhere.params(task) : outcome;
    },
    conditions: async (task) => conditionsInPlace(task, compiler) ?? elsewhere.conditions(task),
    expression: async (task) => {
      const outcome = evaluateBare({ ...task, limits }, compiler, environmentOf(task));
      return outcome.kind === 'exhausted' ? elsewhere.expression(task) : outcome;
    },
  };
}

function conditionsInPlace(task: ConditionsTask, compiler: Compiler): readonly ConditionAnswer[] | undefined {
  const answers: ConditionAnswer[] = [];
  for (const { text, path } of task.conditions) {
    const environment = environmentOf(task);
    const outcome = evaluateCondition(text, task.scope, { compiler, limits, path, environment });
    if (outcome.kind === 'exhausted') return undefined;
    answers.push(outcome);
  }
  return answers;
}
