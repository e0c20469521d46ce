import { confirmCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { failForGood } from '../phases/settle.js';
import { waitsForChild } from './waits-for-child.js';

type ChildRefused = Extract<EngineEvent, { type: 'child-refused' }>;

/** onChildRefused fails a subworkflow step whose run cannot be started: no such workflow, or params that it does not take. */
export function onChildRefused(draft: Draft, { ordinal, attempt, message, at }: ChildRefused): Verdict {
  const waiting = waitsForChild(draft, ordinal, attempt);
  if (!waiting || waiting.child) return 'ended';
  const step = draft.edit(ordinal);
  if (step.cancelling) confirmCancel(draft, step, at);
  else failForGood(draft, step, message, at);
  return 'accepted';
}
