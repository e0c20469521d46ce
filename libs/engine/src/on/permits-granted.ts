import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { start } from '../phases/start.js';

type PermitsGranted = Extract<EngineEvent, { type: 'permits-granted' }>;

/** onPermitsGranted starts an attempt that waited for its permits; they are taken back with its end, also when that came first. */
export function onPermitsGranted(draft: Draft, { ordinal, attempt, at }: PermitsGranted): Verdict {
  const waiting = draft.step(ordinal);
  if (waiting?.attempt !== attempt || waiting.status !== 'WAITING_FOR_PERMITS') return 'ended';
  start(draft, draft.edit(ordinal), at);
  return 'accepted';
}
