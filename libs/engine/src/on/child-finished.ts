import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { foldIteration } from '../loop/fold-iteration.js';
import { runIdOf } from '../loop/reruns.js';
import { foldChild } from '../subworkflow/fold-child.js';
import { waitsForChild } from './waits-for-child.js';

type ChildFinished = Extract<EngineEvent, { type: 'child-finished' }>;

/**
 * onChildFinished goes on with the step that started a run which has ended. An end that is told twice counts once; that of a subworkflow
 * may come before the news of its start.
 */
export function onChildFinished(draft: Draft, { ordinal, attempt, index, child, values, at }: ChildFinished): Verdict {
  const waiting = waitsForChild(draft, ordinal, attempt);
  if (!waiting) return 'ended';
  if (index === undefined) {
    if (waiting.loop || waiting.child?.status !== undefined) return 'ended';
    foldChild(draft, draft.edit(ordinal), child, at);
    return 'accepted';
  }
  const { loop } = waiting;
  if (!loop || runIdOf(waiting, index) !== child.runId || !loop.running.includes(index)) return 'ended';
  const { status, rollup } = child;
  foldIteration(draft, draft.edit(ordinal), loop, { index, status, rollup, values }, at);
  return 'accepted';
}
