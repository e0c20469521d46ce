import { isCompleteStep } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { skip } from '../phases/skip.js';
import { isUnderWay } from '../working-step.js';
import { endStep } from './end-step.js';
import { actedOn, noteAct } from './step-act.js';

type Requested = Extract<EngineEvent, { type: 'step-skip-requested' }>;

/**
 * onStepSkipRequested: a step under way is stopped where it runs and SKIPPED then; one that has failed or was stopped is SKIPPED by a new
 * attempt, as an attempt that ended never changes. A complete step has nothing to skip.
 */
export function onStepSkipRequested(draft: Draft, event: Requested): Verdict {
  const step = actedOn(draft, event, 'SKIP');
  if (!step || isCompleteStep(step.status)) return 'ended';
  if (isUnderWay(step.status)) return endStep(draft, event, 'SKIPPED', 'SKIP');
  const { ordinal, at } = event;
  const next = draft.create(ordinal, step.attempt + 1, at);
  next.retries = step.retries;
  next.manualRetries = (step.manualRetries ?? 0) + 1;
  noteAct(draft, event, 'SKIP', at);
  skip(draft, next, at);
  return 'accepted';
}
