import type { DispatchReference } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { Violation } from './violation.js';

/** Dispatch names one dispatch of an attempt. */
export type Dispatch = Pick<DispatchReference, 'runKey' | 'ordinal' | 'attempt' | 'dispatch'>;

export const dispatchKey = ({ runKey, ordinal, attempt, dispatch }: Dispatch): string =>
  `${String(runKey)}/${String(ordinal)}/${String(attempt)}/${String(dispatch)}`;

/** Truth knows what really runs, whatever anybody believes. */
export class Truth {
  private readonly running = new Map<string, { readonly key: string; readonly where: string }>();
  executions = 0;

  /** `check` is told of each execution that begins. */
  constructor(private readonly check: (dispatch: Dispatch) => void) {}

  /** An executor begins to run a dispatch. Throws Violation when another execution of the step runs. */
  begin(dispatch: Dispatch, where: string): void {
    const key = dispatchKey(dispatch);
    const step = stepKey(dispatch);
    const other = this.running.get(step);
    if (other !== undefined)
      throw new Violation(
        'no two executions overlap',
        `${key} begins on ${where} while ${other.key} runs on ${other.where}`,
      );
    this.check(dispatch);
    this.running.set(step, { key, where });
    this.executions += 1;
  }

  /** It ran to its end, was stopped, or died with its executor. */
  end(dispatch: Dispatch): void {
    if (this.running.get(stepKey(dispatch))?.key === dispatchKey(dispatch)) this.running.delete(stepKey(dispatch));
  }
}

const stepKey = ({ runKey, ordinal }: Pick<Dispatch, 'runKey' | 'ordinal'>): string => `${runKey}/${ordinal}`;
