import type { SignalTrigger, TimeTrigger } from '@maestro/domain';
import { checkParams } from './check-params.js';
import { checkCondition, checkExpression } from './check-text.js';
import type { Place } from './place.js';
import { below, type DefinitionProblem } from './problem.js';
import { merged, typesOf, type TypesOfNames } from './static-types.js';

/** checkTimeTrigger checks the params of a time trigger: they become params of the run, and see what those see. */
export function checkTimeTrigger(
  { params = {} }: TimeTrigger,
  path: string,
  place: Place,
): readonly DefinitionProblem[] {
  return checkParams({ definitions: params, path: below(path, 'params'), place });
}

/** checkSignalTrigger checks what a signal trigger evaluates; there is no run yet, so it sees only itself and its signals. */
export function checkSignalTrigger(trigger: SignalTrigger, path: string, outside: Place): readonly DefinitionProblem[] {
  const { params = {}, condition, dedupExpr } = trigger;
  const place: Place = { ...outside, workflow: new Map(), own: merged(matched(trigger), typesOf(params)) };
  return [
    ...checkParams({ definitions: params, path: below(path, 'params'), place }),
    ...(condition === undefined ? [] : checkCondition({ text: condition, path: below(path, 'condition'), place })),
    ...(dedupExpr === undefined
      ? []
      : checkExpression({ text: dedupExpr, path: below(path, 'dedup_expr'), place }, 'STRING').problems),
  ];
}

/** Params of the signals that the trigger itself names. */
function matched({ definitions }: SignalTrigger): TypesOfNames {
  const names = Object.values(definitions).flatMap(({ matchParams = {}, joinKeys = [] }) => [
    ...Object.keys(matchParams),
    ...joinKeys,
  ]);
  return new Map(names.map((name) => [name, 'UNKNOWN']));
}
