import type { LeafStep, SignalDependency, SignalOutput, Step } from '@maestro/domain';
import { checkNumber } from './check-number.js';
import { checkParams } from './check-params.js';
import { checkCondition, checkTemplate } from './check-text.js';
import { loopTypes, ownTypes, type DefaultsOf } from './step-facts.js';
import type { Place } from './place.js';
import { below, type DefinitionProblem } from './problem.js';
import { merged } from './static-types.js';

type Problems = readonly DefinitionProblem[];

/** checkStep checks all texts of a step itself; `around` is the place of its list of steps. */
export function checkStep(step: Step, path: string, around: Place, defaultsOf: DefaultsOf): Problems {
  const defaults = defaultsOf(step);
  const place = { ...around, own: ownTypes(step, defaults) };
  return [
    ...checkParams({ definitions: step.params ?? {}, path: below(path, 'params'), place, defaults }),
    ...checkNumber(step.timeout, below(path, 'timeout'), place),
    ...checkTags(step, path, place),
    ...checkSuccessors(step, path, place),
    ...(step.kind === 'step' ? checkRetries(step, below(path, 'retry_policy'), place) : []),
    ...(step.kind === 'while' ? whileCondition(step.condition, below(path, 'condition'), step, place) : []),
    ...(step.signalDependencies ?? []).flatMap((each, index) =>
      checkDependency(each, below(path, 'signal_dependencies', index), around),
    ),
    ...(step.signalOutputs ?? []).flatMap((each, index) =>
      checkOutput(each, below(path, 'signal_outputs', index), place),
    ),
  ];
}

function checkTags(step: Step, path: string, place: Place): Problems {
  return (step.tags ?? []).flatMap(
    ({ name }, index) => checkTemplate({ text: name, path: below(path, 'tags', index), place }).problems,
  );
}

/** Edges are decided when the step has ended. */
function checkSuccessors(step: Step, path: string, place: Place): Problems {
  return Object.entries(step.transition?.successors ?? {}).flatMap(([next, text]) =>
    checkCondition({ text, path: below(path, 'transition', 'successors', next), place }),
  );
}

const CLASSES = ['error', 'platform', 'timeout'] as const;

function checkRetries({ retryPolicy: policy }: LeafStep, path: string, place: Place): Problems {
  const backoff = policy?.backoff;
  return CLASSES.flatMap((name) => [
    ...checkNumber(policy?.[`${name}RetryLimit`], below(path, `${name}_retry_limit`), place),
    ...checkNumber(
      backoff?.[`${name}RetryBackoffInSecs`],
      below(path, 'backoff', `${name}_retry_backoff_in_secs`),
      place,
    ),
    ...(backoff?.type === 'EXPONENTIAL_BACKOFF'
      ? [
          ...checkNumber(backoff[`${name}RetryExponent`], below(path, 'backoff', `${name}_retry_exponent`), place),
          ...checkNumber(
            backoff[`${name}RetryLimitInSecs`],
            below(path, 'backoff', `${name}_retry_limit_in_secs`),
            place,
          ),
        ]
      : []),
  ]);
}

/** The condition sees the latest values of the loop's variables. */
function whileCondition(text: string, path: string, step: Step, place: Place): Problems {
  return checkCondition({ text, path, place: { ...place, own: merged(place.own, loopTypes(step)) } });
}

/** Signals are waited for before the step's own params exist (spec part 1 §1.10). */
function checkDependency({ name, matchParams = {} }: SignalDependency, path: string, around: Place): Problems {
  const definitions = Object.entries(matchParams).flatMap(([key, { param }]) =>
    checkParams({ definitions: { param }, path: below(path, 'match_params', key), place: around }),
  );
  return [...checkTemplate({ text: name, path: below(path, 'name'), place: around }).problems, ...definitions];
}

function checkOutput({ name, params = {} }: SignalOutput, path: string, place: Place): Problems {
  return [
    ...checkTemplate({ text: name, path: below(path, 'name'), place }).problems,
    ...checkParams({ definitions: params, path: below(path, 'params'), place }),
  ];
}
