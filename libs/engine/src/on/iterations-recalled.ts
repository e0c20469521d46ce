import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { startLoop } from '../loop/begin-loop.js';
import { restUntilTimeout } from '../phases/due.js';
import { waitsForChild } from './waits-for-child.js';

type Recalled = Extract<EngineEvent, { type: 'iterations-recalled' }>;

/** onIterationsRecalled begins a loop that ran before; a repeated answer is late. */
export function onIterationsRecalled(draft: Draft, { ordinal, attempt, before, at }: Recalled): Verdict {
  const waiting = waitsForChild(draft, ordinal, attempt);
  if (!waiting || waiting.loop || waiting.cancelling) return 'ended';
  const step = draft.edit(ordinal);
  restUntilTimeout(draft, step);
  startLoop(draft, step, before, at);
  return 'accepted';
}
