import type { ParamValue } from '@maestro/domain';
import { HostError } from '@maestro/sel';
import type { ParamScope } from './scope.js';

/** signalParam reads a param of the matched instance of a signal: `getFromSignal(signal, name)` and `signal__name`. Throws HostError. */
export function signalParam({ functions }: ParamScope, signal: string, name: string): ParamValue {
  needPort(functions?.signalParam, 'getFromSignal', 'the signals that a run matched are not known to this evaluation');
  const missing = `getFromSignal: no matched instance of signal ${signal} has a param ${name}`;
  return answerOf(functions?.signalParam?.(signal, name), missing);
}

/** needPort refuses a function whose data this evaluation does not have, and says why. */
export function needPort(port: unknown, fn: string, why: string): void {
  if (port === undefined) throw new HostError(`params.${fn}(..) cannot be answered here: ${why}`, 'unsupported');
}

/** answerOf is the value that a port gave; throws HostError with `missing` when it has none. */
export function answerOf<T>(value: T | undefined, missing: string): T {
  if (value === undefined) throw new HostError(missing);
  return value;
}
