import type { PreviousStep, RunHeader, StepState } from '@maestro/engine';
import type { RunPicture } from '../ports/run-reader.js';

/** inheritedSteps are the steps that count as done in a restarted run because earlier ones did them. */
export function inheritedSteps({ header, earlier }: Pick<RunPicture, 'header' | 'earlier'>): StepState[] {
  const inherited = new Set(header.restart?.inherited.map(({ ordinal }) => ordinal));
  return earlier.map(({ step }) => step).filter(({ ordinal }) => inherited.has(ordinal));
}

/** headerOfEarlier is as much of the header of an earlier run of the instance as tells where its step is. */
export function headerOfEarlier(header: RunHeader, { runKey, runId }: PreviousStep): RunHeader {
  return { ...header, runKey, runId };
}
