import type { Known, Refusal, StaticType } from '@maestro/sel';
import { stepParam } from './names.js';
import type { Place, StepFacts } from './place.js';
import { stepNamed } from './step-named.js';

/** Args are the arguments of a call; undefined where they are not written as text. */
type Args = readonly (string | undefined)[];
type Typing = (place: Place, args: Args) => Known;

const known = (type: StaticType): Known => ({ type });
const UNKNOWN = known('UNKNOWN');

function refused(message: string, more: Partial<Refusal> = {}): Known {
  return { refusal: { kind: 'host', message, ...more } };
}

const STEP_FIELDS: ReadonlyMap<string, StaticType> = new Map<string, StaticType>([
  ['step_id', 'STRING'],
  ['step_instance_id', 'LONG'],
  ['step_instance_uuid', 'STRING'],
  ['step_attempt_id', 'LONG'],
  ['step_type_info', 'STRING'],
  ['MAESTRO_STEP_ERROR_RETRIES', 'LONG'],
]);

const INSTANCE_FIELDS: ReadonlyMap<string, StaticType> = new Map<string, StaticType>([
  ['INITIATOR_TIMEZONE', 'STRING'],
  ['INITIATOR_TYPE', 'STRING'],
  ['INITIATOR_RUNNER_NAME', 'STRING'],
  ['RUN_POLICY', 'STRING'],
  ['workflow_id', 'STRING'],
  ['workflow_instance_id', 'LONG'],
  ['workflow_run_id', 'LONG'],
  ['owner', 'STRING'],
  ['FIRST_TIME_TRIGGER_TIMEZONE', 'STRING'],
]);

/** What the functions of `params` give (spec part 2 §8), by name and number of arguments. */
const TYPINGS: ReadonlyMap<string, Typing> = new Map<string, Typing>([
  ['get/1', workflowParam],
  ['containsKey/1', () => known('BOOLEAN')],
  ['getFromStep/1', stepField],
  ['getFromStep/2', (place, [step, name]) => upstreamParam(place, step, name)],
  ['getFromInstance/1', (place, [field]) => fieldType(place, INSTANCE, field)],
  ['getFromSignal/1', triggerParam],
  ['getFromSignal/2', signalParam],
  ['getFromSignalOrDefault/3', () => UNKNOWN],
  ['getFromSignalDependency/2', dependencyParam],
  ['getFromForeach/3', foreachParam],
  ['getFromSubworkflow/3', subworkflowParam],
  ['nextUniqueId/0', () => known('LONG')],
  ['getExecutionEnvironment/0', () => known('STRING')],
]);

const NAMES: ReadonlySet<string> = new Set([...TYPINGS.keys()].map((key) => key.slice(0, key.indexOf('/'))));

/** callType is what a call of a function of `params` gives at a place. */
export function callType(place: Place, fn: string, args: Args): Known {
  const typing = TYPINGS.get(`${fn}/${args.length}`);
  if (typing) return typing(place, args);
  const counts = [...TYPINGS.keys()].filter((key) => key.startsWith(`${fn}/`)).map((key) => key.split('/')[1]);
  const hint = counts.length === 0 ? place.hint(fn, NAMES) : `: it takes ${counts.join(' or ')}`;
  return refused(`params has no function ${fn} with ${args.length} argument(s)${hint}`, { kind: 'method' });
}

/** What is not there reads as NULL, and a start may bring it. */
function workflowParam({ workflow, own, step }: Place, [name = '']: Args): Known {
  const type = workflow.get(name) ?? (step === undefined ? own.get(name) : undefined);
  return type === undefined ? UNKNOWN : known(type);
}

interface Fields {
  readonly fn: string;
  readonly owner: string;
  readonly types: ReadonlyMap<string, StaticType>;
}

const STEP: Fields = { fn: 'getFromStep', owner: 'a step', types: STEP_FIELDS };
const INSTANCE: Fields = { fn: 'getFromInstance', owner: 'an instance', types: INSTANCE_FIELDS };

function fieldType({ hint }: Place, { fn, owner, types }: Fields, field: string | undefined): Known {
  const type = field === undefined ? 'UNKNOWN' : types.get(field);
  if (type !== undefined) return known(type);
  return refused(`${fn}: ${owner} has no field ${field ?? ''}${hint(field ?? '', types.keys())}`);
}

function stepField(place: Place, [field]: Args): Known {
  if (place.step === undefined) return refused('getFromStep: only steps have fields of a step');
  return fieldType(place, STEP, field);
}

function upstreamParam(place: Place, step: string | undefined, name: string | undefined): Known {
  if (step === undefined) return UNKNOWN;
  if (name !== undefined) return stepParam(place, step, name);
  const status = stepParam(place, step, 'MAESTRO_STEP_STATUS');
  return 'refusal' in status && status.refusal.uncertain !== true ? status : UNKNOWN;
}

function triggerParam({ signals, hint: hintFor }: Place, [name]: Args): Known {
  if (signals.names.size === 0) return refused('getFromSignal: no signal starts this workflow');
  if (name === undefined) return UNKNOWN;
  const type = signals.params.get(name);
  const hint = hintFor(name, signals.params.keys());
  return type === undefined ? refused(`getFromSignal: no signal trigger has a param ${name}${hint}`) : known(type);
}

function signalParam({ signals, hint }: Place, [signal]: Args): Known {
  if (signal === undefined || signals.names.has(signal)) return UNKNOWN;
  return refused(`getFromSignal: no signal ${signal} starts this workflow${hint(signal, signals.names)}`);
}

function dependencyParam({ step }: Place, [index]: Args): Known {
  const fn = 'getFromSignalDependency';
  if (step === undefined) return refused(`${fn}: only a step that waited for signals has matched dependencies`);
  if (index === undefined) return UNKNOWN;
  if (!/^\d{1,4}$/.test(index)) {
    return refused(`${fn}: ${JSON.stringify(index)} is no index of a dependency, counted from 0`);
  }
  if (Number(index) < step.dependencies) return UNKNOWN;
  return refused(`${fn}: the step has ${step.dependencies} signal dependencies, counted from 0: there is no ${index}`);
}

function foreachParam(place: Place, [loop, inner, name]: Args): Known {
  const found = loop === undefined ? UNKNOWN : finished(place, loop, 'foreach');
  if (!('step' in found) || inner === undefined) return 'step' in found ? UNKNOWN : found;
  const step = stepNamed(found.step.body, inner);
  if (step === undefined) {
    const hint = place.hint(inner, found.step.body.keys());
    return refused(`getFromForeach: the body of ${found.step.id} has no step ${inner}${hint}`);
  }
  const type = name === undefined || step.kind === 'template' ? 'UNKNOWN' : step.params.get(name);
  if (type === undefined) {
    const hint = place.hint(name ?? '', step.params.keys());
    return refused(`getFromForeach: step ${inner} has no param ${name ?? ''}${hint}`, { uncertain: true });
  }
  return known(ARRAYS.get(type) ?? 'UNKNOWN');
}

const ARRAYS: ReadonlyMap<StaticType, StaticType> = new Map<StaticType, StaticType>([
  ['STRING', 'STRING_ARRAY'],
  ['LONG', 'LONG_ARRAY'],
  ['DOUBLE', 'DOUBLE_ARRAY'],
  ['BOOLEAN', 'BOOLEAN_ARRAY'],
]);

function subworkflowParam(place: Place, [child]: Args): Known {
  const found = child === undefined ? UNKNOWN : finished(place, child, 'subworkflow');
  return 'step' in found ? UNKNOWN : found;
}

/** A step of a kind that has ended before the one that asks. */
function finished(place: Place, id: string, kind: StepFacts['kind']): Known | { readonly step: StepFacts } {
  const status = stepParam(place, id, 'MAESTRO_STEP_STATUS');
  if ('refusal' in status && status.refusal.uncertain !== true) return status;
  const step = stepNamed(place.siblings, id);
  if (step?.kind === 'template') return UNKNOWN;
  return step?.kind === kind ? { step } : refused(`step ${id} is no ${kind} step`);
}
