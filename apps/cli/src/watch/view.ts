import type { RunState } from './run-state.js';

/** View shows a run while it is followed. */
export interface View {
  readonly show: (state: RunState) => void;
  /** The run cannot be seen at the moment. */
  readonly lost: (reason: string) => void;
  /** Leaves the screen to what follows. */
  readonly close: () => void;
}
