import type { Initiator, ParamValue, SignalParams } from '@maestro/domain';
import type { ParamFunctionPorts } from '@maestro/params';
import { HostError } from '@maestro/sel';
import type { StepState } from '../state.js';

/** triggerSignalPort answers `getFromSignal(signal, param)` from the signals that fired the trigger of a run. */
export function triggerSignalPort(initiator: Initiator): Pick<ParamFunctionPorts, 'signalParam'> {
  if (initiator.type !== 'SIGNAL') return {};
  const { signals = {} } = initiator;
  return { signalParam: (signal, name) => own(own(signals, signal), name) };
}

/** dependencyPorts answer what the signals carried that freed a step; what fired the run's trigger is asked first. */
export function dependencyPorts(
  initiator: Initiator,
  { signals }: StepState,
): Pick<ParamFunctionPorts, 'signalParam' | 'dependencyParam'> {
  const dependencies = signals?.dependencies;
  if (dependencies === undefined) return triggerSignalPort(initiator);
  const ofTrigger = triggerSignalPort(initiator);
  return {
    dependencyParam: (index, name) => {
      const { params, status } = dependencies[index] ?? noDependency(index, dependencies.length);
      if (params === undefined) throw new HostError(`getFromSignalDependency: dependency ${index} is ${status}`);
      return own(params, name);
    },
    signalParam: (signal, name) =>
      ofTrigger.signalParam?.(signal, name) ?? own(dependencies.find((each) => each.name === signal)?.params, name),
  };
}

function noDependency(index: number, count: number): never {
  throw new HostError(
    `getFromSignalDependency: the step has ${count} dependencies, counted from 0; there is no ${index}`,
  );
}

function own<T extends SignalParams | ParamValue>(
  map: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}
