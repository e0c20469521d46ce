import { HostError, unknownName, type Known, type Refusal, type StaticType } from '@maestro/sel';
import { SEPARATOR, splitReference, splitSignal } from '../step-reference.js';
import type { Place, StepFacts } from './place.js';
import { stepNamed } from './step-named.js';

/** Every step that has ended has these two besides its params. */
const STATUS_PARAMS: ReadonlyMap<string, StaticType> = new Map<string, StaticType>([
  ['MAESTRO_STEP_STATUS', 'STRING'],
  ['MAESTRO_STEP_END_TIME', 'LONG'],
]);

/** lookupName finds what a name of an expression or `${}` stands for, in the order of spec 2.5. */
export function lookupName(place: Place, name: string): Known {
  if (!name.includes(SEPARATOR)) return plain(place, name);
  const atWorkflowLevel = place.step === undefined ? place.own.get(name) : undefined;
  return atWorkflowLevel === undefined ? across(place, name) : { type: atWorkflowLevel };
}

/** typeOfName is the type of a param by its plain name. What both the step and the workflow have may be either. */
export function typeOfName({ own, workflow }: Place, name: string): StaticType | undefined {
  const [inner, outer] = [own.get(name), workflow.get(name)];
  if (inner === undefined || outer === undefined) return inner ?? outer;
  return inner === outer ? inner : 'UNKNOWN';
}

function plain(place: Place, name: string): Known {
  const type = typeOfName(place, name);
  if (type !== undefined) return { type };
  if (place.step !== undefined && place.siblings.get(place.step.id)?.isTemplated === true) return { type: 'UNKNOWN' };
  const refusal = unknownName(name, `: it is no param of this ${levelOf(place)}${place.hint(name, known(place))}`);
  // A start, and the parent of a child workflow, may bring params that the definition does not name.
  return { refusal: { ...refusal, uncertain: place.step !== undefined } };
}

function levelOf({ step }: Place): string {
  return step === undefined ? 'workflow' : 'step or workflow';
}

/** Made only as far as somebody looks. */
function* known({ own, workflow, siblings, step }: Place): Iterable<string> {
  yield* own.keys();
  yield* workflow.keys();
  for (const { id, params } of siblings.values()) {
    if (step?.upstream.has(id) === true) for (const name of params.keys()) yield id + SEPARATOR + name;
  }
}

function across(place: Place, name: string): Known {
  try {
    const isStep = (id: string): boolean => place.step !== undefined && stepNamed(place.siblings, id) !== undefined;
    const reference = splitReference(name, isStep);
    if (reference) return stepParam(place, reference.stepId, reference.param);
  } catch (error) {
    if (error instanceof HostError) return { refusal: { kind: 'host', message: error.message, unknownName: name } };
    throw error;
  }
  const [signal] = splitSignal(name);
  if (place.signals.names.has(signal)) return { type: 'UNKNOWN' };
  return { refusal: noStep(place, name, signal) };
}

function noStep(place: Place, name: string, id: string): Refusal {
  const elsewhere = stepElsewhere(place, id);
  const candidates = [...place.siblings.keys(), ...place.signals.names];
  const message =
    elsewhere ?? `${id} is neither a step nor a signal that starts this workflow${place.hint(id, candidates)}`;
  return unknownName(name, `: ${message}`);
}

function stepElsewhere({ step, allSteps, siblings }: Place, id: string): string | undefined {
  if (!allSteps.has(id)) return undefined;
  if (step === undefined) return `params of the workflow are evaluated before step ${id} runs`;
  return siblings.has(id) ? undefined : `step ${id} is not in the same list of steps: give its param to the loop`;
}

/** stepParam is what `params.getFromStep(stepId, name)` and `stepId__name` stand for. */
export function stepParam(place: Place, stepId: string, name: string): Known {
  const step = stepNamed(place.siblings, stepId);
  if (step === undefined || place.step === undefined) return { refusal: unknownStep(place, stepId) };
  const isOwn = stepId === place.step.id;
  if (!isOwn && !place.step.upstream.has(step.id)) {
    const message = `step ${stepId} is not upstream of ${place.step.id}: nothing says that it ends before this step starts`;
    return { refusal: { kind: 'host', message } };
  }
  const type = step.params.get(name) ?? (isOwn ? place.own.get(name) : STATUS_PARAMS.get(name));
  if (type !== undefined) return { type };
  return step.isTemplated ? { type: 'UNKNOWN' } : { refusal: noParam(place, step, name) };
}

function unknownStep(place: Place, id: string): Refusal {
  const why = stepElsewhere(place, id) ?? `there is no step ${id}${place.hint(id, place.siblings.keys())}`;
  return { kind: 'host', message: why };
}

/** A start may give params to a step that its definition does not name. */
function noParam({ hint }: Place, { id, params }: StepFacts, name: string): Refusal {
  const message = `step ${id} has no param ${name}${hint(name, params.keys())}`;
  return { kind: 'host', message, unknownName: name, uncertain: true };
}
