import { suggestion, type FieldViolation, type LeafStep, type Step, type UsedStepType } from '@maestro/domain';
import { DEFAULT_PARAMS, mergeStepDefinition } from '@maestro/params';
import {
  compareVersions,
  mayBeWorkerType,
  splitTypeVersion,
  STEP_TYPES,
  workerStepType,
  workerTypeKey,
} from '@maestro/steps';
import type { RegisteredType, StepTypeStore } from '../ports/step-type-store.js';
import { violationsOf } from './violations-of.js';

/** PinnedSteps are steps that name the types of workers by name and version, what those are, and what is wrong with them. */
export interface PinnedSteps {
  readonly steps: readonly Step[];
  readonly used: readonly UsedStepType[];
  readonly violations: readonly FieldViolation[];
}

const MAX_NAMES = 1_000;

/**
 * pinWorkerTypes looks up which steps are of types that workers registered, and writes the newest version behind the name where
 * none is said: a pushed version always means the same. Paths of violations begin with `path`.
 */
export async function pinWorkerTypes(
  store: StepTypeStore,
  tenant: string,
  steps: readonly Step[],
  path: string,
): Promise<PinnedSteps> {
  const names = [
    ...new Set(
      leaves(steps)
        .filter(isWorkers)
        .map(({ type }) => splitTypeVersion(type).name),
    ),
  ];
  if (names.length === 0) return { steps, used: [], violations: [] };
  const registered = (await store.ofNames(names)).filter(({ type }) => type.tenant === '' || type.tenant === tenant);
  const pinned = pinSteps(steps, registered);
  const used = usedTypes(pinned, registered);
  const unknown = unknownAt(pinned, used, path);
  const known = unknown.length === 0 ? [] : await allNames(store, tenant);
  return {
    steps: pinned,
    used,
    violations: [...unknown.map((each) => unknownType(each, registered, known)), ...checkSteps(pinned, used, path)],
  };
}

/** usedStepTypes are what the types of workers mean that a pinned definition uses. */
export async function usedStepTypes(store: StepTypeStore, steps: readonly Step[]): Promise<readonly UsedStepType[]> {
  const names = [
    ...new Set(
      leaves(steps)
        .filter(isWorkers)
        .map(({ type }) => splitTypeVersion(type).name),
    ),
  ];
  return names.length === 0 ? [] : usedTypes(steps, await store.ofNames(names));
}

/** A type that repeats as sub-type is a job template's. */
const isWorkers = ({ type, subType }: LeafStep): boolean => type !== subType && mayBeWorkerType(type);

function leaves(steps: readonly Step[]): readonly LeafStep[] {
  return steps.flatMap((step) => ('steps' in step ? leaves(step.steps) : step.kind === 'step' ? [step] : []));
}

function pinSteps(steps: readonly Step[], registered: readonly RegisteredType[]): readonly Step[] {
  return steps.map((step) => {
    if ('steps' in step) return { ...step, steps: pinSteps(step.steps, registered) };
    if (step.kind !== 'step' || !isWorkers(step)) return step;
    const type = resolve(step.type, registered);
    return type === undefined ? step : { ...step, type: workerTypeKey(type.type) };
  });
}

function resolve(written: string, registered: readonly RegisteredType[]): RegisteredType | undefined {
  const { name, version } = splitTypeVersion(written);
  const versions = registered.filter(({ type }) => type.name.toLowerCase() === name.toLowerCase());
  if (version !== undefined) return versions.find(({ type }) => type.version === version);
  return versions.reduce<RegisteredType | undefined>(
    (best, each) => (best === undefined || compareVersions(each.type.version, best.type.version) > 0 ? each : best),
    undefined,
  );
}

function usedTypes(steps: readonly Step[], registered: readonly RegisteredType[]): readonly UsedStepType[] {
  const written = [
    ...new Set(
      leaves(steps)
        .filter(isWorkers)
        .map(({ type }) => type),
    ),
  ];
  return written.flatMap((each) => {
    const found = resolve(each, registered);
    return found === undefined ? [] : [{ written: each, type: found.type }];
  });
}

interface Unknown {
  readonly path: string;
  readonly type: string;
}

function unknownAt(steps: readonly Step[], used: readonly UsedStepType[], path: string): readonly Unknown[] {
  return eachLeaf(steps, path).flatMap(({ step, at }) =>
    isWorkers(step) && !used.some(({ written }) => written === step.type)
      ? [{ path: `${at}.type`, type: step.type }]
      : [],
  );
}

function eachLeaf(steps: readonly Step[], path: string): readonly { readonly step: LeafStep; readonly at: string }[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}].${step.kind}`;
    if ('steps' in step) return eachLeaf(step.steps, `${at}.steps`);
    return step.kind === 'step' ? [{ step, at }] : [];
  });
}

async function allNames(store: StepTypeStore, tenant: string): Promise<readonly string[]> {
  const all = await store.all(MAX_NAMES);
  const allowed = all.filter(({ type }) => type.tenant === '' || type.tenant === tenant);
  return [...STEP_TYPES.map(({ name }) => name), ...new Set(allowed.map(({ type }) => type.name))];
}

function unknownType(
  { path, type }: Unknown,
  registered: readonly RegisteredType[],
  known: readonly string[],
): FieldViolation {
  const { name } = splitTypeVersion(type);
  const versions = registered.filter((each) => each.type.name.toLowerCase() === name.toLowerCase());
  if (versions.length > 0) {
    const list = versions
      .map((each) => each.type.version)
      .sort(compareVersions)
      .join(', ');
    return { path, message: `"${type}" names a version that no worker has registered; there are: ${list}` };
  }
  const message = `"${type}" is not a step type: neither built in (${STEP_TYPES.map((each) => each.name).join(', ')}) nor registered by a worker, nor a job template${suggestion(name, known)}`;
  return { path, message };
}

/** What a step gives is held against what its type declares, and merged as a start would. */
function checkSteps(steps: readonly Step[], used: readonly UsedStepType[], path: string): readonly FieldViolation[] {
  return eachLeaf(steps, path).flatMap(({ step, at }) => {
    const found = used.find(({ written }) => written === step.type);
    if (found === undefined) return [];
    const type = workerStepType(found.type);
    const wrong = type.validate(step);
    const layers = { defaults: DEFAULT_PARAMS.step, byType: type.defaultParams, definition: step.params ?? {} };
    const violations = wrong.length > 0 ? wrong : violationsOf(() => mergeStepDefinition(layers));
    return violations.map((each) => ({ ...each, path: `${at}.${each.path}` }));
  });
}
