import type {
  FiringBody,
  RunTraceBody,
  SignalBody,
  SignalGraphBody,
  SignalTraceBody,
  SignalTriggerBody,
  StepOfSignalBody,
} from '../api/signal-bodies.js';
import { agoText } from './time.js';
import { stringifyJson } from '@maestro/dsl';

/** signalText is one announcement in a line: `orders#12  day=20260101 region=eu  3m ago  by etl/7/load`. */
export function signalText(signal: SignalBody, now: number): string {
  const source = signal.source === undefined ? '' : `  by ${stepText(signal.source)}`;
  return `${signalName(signal)}  ${paramsText(signal.params)}  ${agoText(signal.create_time, now)}${source}`;
}

/** signalDetails is an announcement with its payload. */
export function signalDetails(signal: SignalBody, now: number): string {
  const { signal_source: _, ...payload } = signal.payload;
  const more = Object.keys(payload).length === 0 ? '' : `payload ${stringifyJson(payload)}\n`;
  return `${signalText(signal, now)}\n${more}`;
}

/** announcedText says what became of an announcement. */
export function announcedText(signal: SignalBody): string {
  return signal.details === undefined
    ? `announced ${signalName(signal)}\n`
    : `${signalName(signal)} had been announced before: nothing changed\n`;
}

/** signalTraceText is where a signal came from and where it went. */
export function signalTraceText({ signal, freed, fired }: SignalTraceBody, now: number): string {
  const consumers = [
    ...freed.map(({ step, match_time }) => `freed    ${stepText(step)}, ${agoText(match_time, now)}\n`),
    ...fired.map((firing) => `${firingText(firing, now)}\n`),
  ];
  return signalDetails(signal, now) + (consumers.length === 0 ? 'nobody has heard it yet\n' : consumers.join(''));
}

/** runTraceText is what a run has to do with signals. */
export function runTraceText(trace: RunTraceBody, now: number): string {
  const lines = [
    ...(trace.started_by === undefined ? [] : [`${firingText(trace.started_by, now)}\n`]),
    ...trace.consumed.map(({ step, dependency }) => {
      return `consumed ${dependency.name}#${dependency.signal_id ?? '?'} by ${step.step_id}\n`;
    }),
    ...trace.awaited.map(({ step, dependency }) => {
      const matches = Object.entries(dependency.match_params);
      const values = matches.map(([name, { operator, value }]) => ` ${name}${operator}${value}`).join('');
      return `awaits   ${dependency.name}${values} in ${step.step_id}\n`;
    }),
    ...trace.emitted.map((signal) => `emitted  ${signalText(signal, now)}\n`),
  ];
  return lines.length === 0 ? 'the run has nothing to do with signals\n' : lines.join('');
}

/** graphText has one line for each way from a workflow through a signal to another. */
export function graphText({ edges, truncated }: SignalGraphBody): string {
  if (edges.length === 0) return 'no signals lead to it or from it\n';
  const lines = edges.map(({ from, signal, to, kind }) => {
    const hearer = kind === 'TRIGGER' ? `starts ${to}` : `frees steps of ${to}`;
    return `${from ?? '(outside)'} --${signal}--> ${hearer}\n`;
  });
  return lines.join('') + (truncated ? 'and more\n' : '');
}

/** firingText is a trigger that fired, and what became of it. */
export function firingText(firing: FiringBody, now: number): string {
  const signals = Object.entries(firing.signal_id_map).map(([name, id]) => `${name}#${id}`);
  const detail = firing.detail === undefined ? '' : `: ${firing.detail}`;
  const what =
    firing.workflow_instance_id === undefined
      ? `${firing.state.toLowerCase().padEnd(8)} ${firing.workflow_id}${detail}`
      : `started  ${firing.workflow_id}/${firing.workflow_instance_id}`;
  return `${what}  with ${signals.join(' and ')}, ${agoText(firing.fire_time, now)}`;
}

/** triggerText is a signal trigger that is subscribed. */
export function triggerText(
  { trigger_uuid, trigger, subscribe_time, gathered }: SignalTriggerBody,
  now: number,
): string {
  const held = gathered === 0n ? '' : `, holds ${gathered} signals that wait for their others`;
  return `${trigger_uuid}  ${signalNames(trigger)}  since ${agoText(subscribe_time, now)}${held}`;
}

/** signalNames are the signals of a trigger. */
export function signalNames({ definitions }: { readonly definitions?: unknown }): string {
  return Object.keys(definitions ?? {}).join(' and ');
}

function signalName({ name, seq_id }: Pick<SignalBody, 'name' | 'seq_id'>): string {
  return `${name}#${seq_id}`;
}

function stepText(step: StepOfSignalBody): string {
  return `${step.workflow_id}/${step.workflow_instance_id}/${step.step_id}`;
}

function paramsText(params: SignalBody['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
