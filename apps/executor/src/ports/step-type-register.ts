import type { WorkerType } from '@maestro/domain';

/** StepTypeRegister makes the step types of workers known to definitions. */
export interface StepTypeRegister {
  /**
   * register is idempotent. Rejects with CONFLICT (registered with other params under that version, or the name is another
   * tenant's) or UNAVAILABLE and TIMED_OUT (try again later).
   */
  register(types: readonly WorkerType[]): Promise<void>;
}
