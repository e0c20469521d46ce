import { endBelow } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { restUntilTimeout } from '../phases/due.js';
import { finish } from '../phases/finish.js';
import { waitsForChild } from './waits-for-child.js';

type ChildStarted = Extract<EngineEvent, { type: 'child-started' }>;

/** onChildStarted notes which run a subworkflow step has started; one that does not wait for it is done. */
export function onChildStarted(draft: Draft, { ordinal, attempt, child, at }: ChildStarted): Verdict {
  const waiting = waitsForChild(draft, ordinal, attempt);
  if (!waiting || waiting.child) return 'ended';
  const step = draft.edit(ordinal);
  step.child = child;
  restUntilTimeout(draft, step);
  if (step.cancelling) endBelow(draft, step, at);
  else if (draft.planStep(ordinal).sync === false) finish(draft, step, at, at);
  else if (draft.header.status === 'PAUSED') {
    const event = { type: 'pause-requested', at, by: 'maestro', reason: 'the run above is paused' } as const;
    draft.commands.push({ type: 'tell-children', ordinal, attempt, event });
  }
  return 'accepted';
}
