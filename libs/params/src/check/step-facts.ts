import type { ParamDefinitions, Step } from '@maestro/domain';
import { DEFAULT_PARAMS } from '../defaults/default-params.js';
import type { StepFacts } from './place.js';
import { staticType, typesOf, type TypesOfNames } from './static-types.js';
import type { StaticType } from '@maestro/sel';

/** DefaultsOf gives the default params of a step's type. */
export type DefaultsOf = (step: Step) => ParamDefinitions;

/** factsOf are what others can refer to of the steps of one list. */
export function factsOf(steps: readonly Step[], defaultsOf: DefaultsOf): ReadonlyMap<string, StepFacts> {
  return new Map(
    steps.map((step): [string, StepFacts] => {
      const body = 'steps' in step ? factsOf(step.steps, defaultsOf) : new Map<string, StepFacts>();
      const facts = { id: step.id, kind: step.kind, isTemplated: isTemplated(step), body };
      return [step.id, { ...facts, params: ownTypes(step, defaultsOf(step)) }];
    }),
  );
}

function isTemplated(step: Step): boolean {
  return step.kind === 'template' || (step.kind === 'step' && step.subType !== undefined);
}

/** ownTypes are the params that a step has: defaults of every step and of its type, and its own. */
export function ownTypes(step: Step, defaults: ParamDefinitions): TypesOfNames {
  return new Map([
    ...typesOf(DEFAULT_PARAMS.step),
    ...kindTypes(step),
    ...typesOf(step.params ?? {}),
    ...typesOf(defaults),
  ]);
}

function kindTypes(step: Step): readonly (readonly [string, StaticType])[] {
  switch (step.kind) {
    case 'foreach':
      return [['loop_index', 'LONG']];
    case 'while':
      return [['loop_index', 'LONG'], ['condition', 'BOOLEAN'], ...loopTypes(step)];
    case 'subworkflow':
      return [['subworkflow_version', 'STRING']];
    default:
      return [];
  }
}

/** loopTypes are the names that a loop gives to its iterations: items of the arrays of a foreach, variables of a while. */
export function loopTypes(step: Step): TypesOfNames {
  const loop = step.params?.['loop_params'];
  const entries = loop?.type === 'MAP' ? Object.entries(loop.value ?? {}) : [];
  const typeOf = step.kind === 'foreach' ? itemType : staticType;
  return new Map(entries.map(([name, { type }]) => [name, typeOf(type)]));
}

function itemType(type: ParamDefinitions[string]['type']): StaticType {
  return type.endsWith('_ARRAY') ? (type.slice(0, -'_ARRAY'.length) as StaticType) : 'UNKNOWN';
}

/** upstreamOf are the ids of the steps of a list that have ended before a step starts. */
export function upstreamOf(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, string[]>(steps.map(({ id }) => [id, []]));
  for (const { id, transition } of steps) {
    for (const next of Object.keys(transition?.successors ?? {})) before.get(next)?.push(id);
  }
  return new Map(steps.map(({ id }) => [id, reached(id, before)]));
}

function reached(from: string, before: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>([from]);
  for (const id of seen) for (const each of before.get(id) ?? []) seen.add(each);
  seen.delete(from);
  return seen;
}
