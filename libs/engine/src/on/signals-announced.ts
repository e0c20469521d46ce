import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { settle } from '../phases/settle.js';

type Announced = Extract<EngineEvent, { type: 'signals-announced' }>;

/** onSignalsAnnounced completes an attempt whose signals are stored. */
export function onSignalsAnnounced(draft: Draft, { ordinal, attempt, announced, at }: Announced): Verdict {
  const waiting = draft.step(ordinal);
  if (waiting?.attempt !== attempt || waiting.status !== 'FINISHING' || !waiting.unanswered) return 'ended';
  const step = draft.edit(ordinal);
  step.unanswered = undefined;
  step.dueAt = undefined;
  const outputs = (step.signals?.outputs ?? []).map((each, index) => ({
    ...each,
    signalId: announced[index]?.signalId,
    announceTime: announced[index]?.time,
  }));
  step.signals = { ...step.signals, outputs };
  settle(draft, step, at);
  return 'accepted';
}
