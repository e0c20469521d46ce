import { Fault } from '../../runtime/error.js';
import type { Members, Method } from '../library-class.js';

/** TimeProblem says why a date, zone or pattern cannot be what was asked; members turn it into a Fault at their call. */
export class TimeProblem extends Error {
  override readonly name = 'TimeProblem';
}

/** withTimeProblems makes members that report a TimeProblem as a fault of kind `value` at the place of the call. */
export function withTimeProblems(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([key, method]) => [key, reporting(method)]));
}

function reporting(method: Method): Method {
  return (call) => {
    try {
      return method(call);
    } catch (error) {
      if (error instanceof TimeProblem) throw new Fault('value', error.message, call.at);
      throw error;
    }
  };
}
