import type { SignalInstance } from '@maestro/domain';

/** SignalWatcher follows announcements of all replicas as they come. */
export interface SignalWatcher {
  /** Ends when aborted. Throws OVERLOADED when whoever follows reads too slowly. `name` undefined: all signals. */
  follow(name: string | undefined, signal: AbortSignal): AsyncGenerator<SignalInstance>;
}
