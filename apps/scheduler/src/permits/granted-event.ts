import type { AttemptKey, Millis } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';

/** grantedEvent is what a run hears of a grant: an engine event as exact JSON. */
export function grantedEvent({ ordinal, attempt }: Pick<AttemptKey, 'ordinal' | 'attempt'>, at: Millis): string {
  return exactJsonText({ type: 'permits-granted', at, ordinal, attempt });
}
