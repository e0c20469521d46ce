import type { StepStatus } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';

/** PersonalStepAction is an act on a step that the engine takes as it is; a restart is more than an act on a step. */
export type PersonalStepAction = 'STOP' | 'KILL' | 'SKIP' | 'RESUME' | 'BYPASS_STEP_DEPENDENCIES';

/** StepActKind is what an act means to the engine, and when it has been done. */
export interface StepActKind {
  readonly event: Extract<EngineEvent['type'], `step-${string}-requested`>;
  /** `it cannot be ..` */
  readonly verb: string;
  /** The statuses that were asked for. */
  readonly reached: readonly StepStatus[];
  /** Those in which the act has been done before: repeating it changes nothing. */
  readonly before: readonly StepStatus[];
}

const UNDER_WAY: readonly StepStatus[] = [
  'EVALUATING_PARAMS',
  'WAITING_FOR_PERMITS',
  'STARTING',
  'RUNNING',
  'FINISHING',
  'SUCCEEDED',
];

/** STEP_ACTS are the acts on a step. */
export const STEP_ACTS: Readonly<Record<PersonalStepAction, StepActKind>> = {
  STOP: { event: 'step-stop-requested', verb: 'stopped', reached: ['STOPPED'], before: ['STOPPED'] },
  KILL: { event: 'step-kill-requested', verb: 'killed', reached: ['FATALLY_FAILED'], before: ['FATALLY_FAILED'] },
  SKIP: { event: 'step-skip-requested', verb: 'skipped', reached: ['SKIPPED'], before: ['SKIPPED'] },
  RESUME: { event: 'step-resume-requested', verb: 'resumed', reached: UNDER_WAY, before: UNDER_WAY },
  // That a step waits for no signals does not say that somebody has freed it.
  BYPASS_STEP_DEPENDENCIES: {
    event: 'step-bypass-requested',
    verb: 'freed of its signals',
    reached: UNDER_WAY,
    before: [],
  },
};
