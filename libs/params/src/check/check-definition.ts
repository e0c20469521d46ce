import { suggestion, type Properties, type Step, type Workflow } from '@maestro/domain';
import { DEFAULT_PARAMS } from '../defaults/default-params.js';
import { checkAlerting } from './check-alerting.js';
import { checkNumber } from './check-number.js';
import { checkParams } from './check-params.js';
import { checkStep } from './check-step.js';
import { checkSignalTrigger, checkTimeTrigger } from './check-triggers.js';
import type { Hint, Place, SignalFacts, StepFacts } from './place.js';
import { below, type DefinitionProblem } from './problem.js';
import { merged, typesOf, type TypesOfNames } from './static-types.js';
import { factsOf, loopTypes, upstreamOf, type DefaultsOf } from './step-facts.js';

/** Definition is what is checked, and what its parts are made of. */
export interface Definition {
  readonly workflow: Workflow;
  readonly properties?: Properties;
  readonly defaultsOf: DefaultsOf;
}

/**
 * checkDefinition names everything in a definition's expressions and texts that is wrong before any run: names that stand for
 * nothing there, steps that are not upstream, wrong types, cycles, validators. What cannot be known is let pass.
 */
export function checkDefinition({ workflow, properties, defaultsOf }: Definition): readonly DefinitionProblem[] {
  const { params = {}, steps, timeout, timeTriggers = [], signalTriggers = [] } = workflow;
  const place: Place = {
    workflow: new Map(),
    own: new Map([...typesOf(DEFAULT_PARAMS.workflow), ...typesOf(params)]),
    siblings: new Map<string, StepFacts>(),
    allSteps: new Set(idsOf(steps)),
    signals: signalFacts(workflow),
    hint: limitedHint(),
  };
  const path = 'workflow';
  return [
    ...checkParams({ definitions: params, path: below(path, 'params'), place, defaults: DEFAULT_PARAMS.workflow }),
    ...checkNumber(timeout, below(path, 'timeout'), place),
    ...signalTriggers.flatMap((each, index) => checkSignalTrigger(each, below(path, 'signal_triggers', index), place)),
    ...timeTriggers.flatMap((each, index) => checkTimeTrigger(each, below(path, 'time_triggers', index), place)),
    ...checkSteps({ steps, path: below(path, 'steps'), defaultsOf }, { ...place, workflow: place.own }),
    ...checkAlerting(properties?.alerting, below('properties', 'alerting'), place),
  ];
}

interface StepList {
  readonly steps: readonly Step[];
  readonly path: string;
  readonly defaultsOf: DefaultsOf;
}

function checkSteps({ steps, path, defaultsOf }: StepList, around: Place): readonly DefinitionProblem[] {
  const siblings = factsOf(steps, defaultsOf);
  const upstream = upstreamOf(steps);
  return steps.flatMap((step, index) => {
    const at = below(path, index, step.kind);
    const { id, signalDependencies = [] } = step;
    const asking = { id, upstream: upstream.get(id) ?? new Set<string>(), dependencies: signalDependencies.length };
    const place: Place = { ...around, own: new Map(), siblings, step: asking };
    const own = checkStep(step, at, place, defaultsOf);
    if (!('steps' in step)) return own;
    const workflow = insideLoop(step, around.workflow, siblings.get(id));
    return [...own, ...checkSteps({ steps: step.steps, path: below(at, 'steps'), defaultsOf }, { ...place, workflow })];
  });
}

/** Iterations see the params around the loop, those of the loop step, and one value of each loop param (spec part 1 §5.2). */
function insideLoop(step: Step, around: TypesOfNames, facts: StepFacts | undefined): TypesOfNames {
  const declared = new Map(facts?.params);
  declared.delete('loop_params');
  return new Map([...merged(around, declared), ...loopTypes(step), ['loop_index', 'LONG']]);
}

function signalFacts({ signalTriggers = [] }: Workflow): SignalFacts {
  return {
    names: new Set(signalTriggers.flatMap(({ definitions }) => Object.keys(definitions))),
    params: signalTriggers.map(({ params = {} }) => typesOf(params)).reduce(merged, new Map()),
  };
}

function idsOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => ('steps' in step ? [step.id, ...idsOf(step.steps)] : [step.id]));
}

/** Comparing names is dear: after this many hints, or for more names than this, mistakes are named without one. */
const MAX_HINTS = 50;
const MAX_NAMES = 300;

function limitedHint(): Hint {
  let left = MAX_HINTS;
  return (written, known) => {
    left -= 1;
    return left < 0 ? '' : suggestion(written, firstOf(known, MAX_NAMES));
  };
}

function* firstOf(names: Iterable<string>, count: number): Iterable<string> {
  let left = count;
  for (const name of names) {
    if (left-- <= 0) return;
    yield name;
  }
}
