import {
  DYNAMIC_OUTPUT,
  type AnnouncedSignal,
  type Json,
  type JsonObject,
  type Params,
  type SignalOutput,
  type SignalParams,
  type SignalParamValue,
} from '@maestro/domain';
import { interpolate } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import { determinedEnvironment } from '../determined.js';
import { sentence, type Tried } from '../evaluation.js';
import { IN_THREAD } from '../evaluations.js';
import type { RunReader } from '../run-reader.js';
import type { StepState } from '../state.js';
import { stepScope } from '../step-scope.js';
import { dynamicOutputs } from './dynamic-outputs.js';

/** announcesNothing: neither its definition nor its execution names a signal. */
export function announcesNothing(run: RunReader, { ordinal, artifacts }: StepState): boolean {
  const { signalOutputs = [] } = run.plan.steps[ordinal]?.definition ?? {};
  return signalOutputs.length === 0 && !(artifacts !== undefined && DYNAMIC_OUTPUT in artifacts);
}

/** evaluateOutputs is what an attempt announces: what its definition says, then what its execution added. */
export function evaluateOutputs(run: RunReader, step: StepState, limits: Limits): Tried<readonly AnnouncedSignal[]> {
  const outputs = run.plan.steps[step.ordinal]?.definition.signalOutputs ?? [];
  const found: AnnouncedSignal[] = [];
  let exhausted = false;
  for (const [index, output] of outputs.entries()) {
    const tried = evaluateOutput(run, step, limits, output, index);
    if (tried.kind === 'error') return tried;
    if (tried.kind === 'exhausted') exhausted = true;
    else found.push(tried.value);
  }
  if (exhausted) return { kind: 'exhausted' };
  const dynamic = dynamicOutputs(step.artifacts);
  return dynamic.kind === 'error' ? dynamic : { kind: 'value', value: [...found, ...dynamic.value] };
}

function evaluateOutput(
  run: RunReader,
  step: StepState,
  limits: Limits,
  output: SignalOutput,
  index: number,
): Tried<AnnouncedSignal> {
  const { plan, header, evaluations = IN_THREAD } = run;
  const path = `signal_outputs[${index}]`;
  const scope = stepScope(run, step, step.params ?? NO_PARAMS, path);
  const prefix = `signals of step ${plan.steps[step.ordinal]?.id}`;
  const name = interpolate(output.name, scope, `${path}.name`);
  if (name.kind === 'error') return { kind: 'error', message: sentence(prefix, name.violations) };
  const at = step.times.execute ?? header.createTime;
  const outcome = evaluations.params({
    definitions: output.params ?? {},
    scope,
    compiler: plan.compiler,
    limits,
    at,
    environment: determinedEnvironment(at, `${header.runKey}/${step.ordinal}/${step.attempt}/${path}`),
  });
  if (outcome.kind === 'exhausted') return { kind: 'exhausted' };
  if (outcome.kind === 'error') return { kind: 'error', message: sentence(`${prefix}: ${path}`, outcome.violations) };
  const params = signalParams(outcome.params);
  return { kind: 'value', value: { name: name.value, params, ...payloadOf(output.payload) } };
}

const NO_PARAMS: Params = {};

/** Checked at push: they are texts and whole numbers. */
function signalParams(params: Params): SignalParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, { evaluatedResult }]) => [name, evaluatedResult as SignalParamValue]),
  );
}

function payloadOf(payload: JsonObject | undefined): { readonly payload?: JsonObject } {
  return payload === undefined ? {} : { payload: plain(payload) };
}

/** The original writes values of a payload as params are written, `{"value": 7, "type": "LONG"}`: the value is meant. */
function plain(payload: JsonObject): JsonObject {
  const value = (json: Json): Json => {
    const wrapped =
      typeof json === 'object' && json !== null && !Array.isArray(json) && 'value' in json && 'type' in json;
    return wrapped ? (json['value'] ?? null) : json;
  };
  return Object.fromEntries(Object.entries(payload).map(([name, json]) => [name, value(json ?? null)]));
}
