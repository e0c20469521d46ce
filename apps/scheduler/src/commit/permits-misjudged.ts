import type { NewRun } from './work.js';

/**
 * PermitsMisjudged: a start got another number than was foreseen, and asks, decided again, for permits that the batch has not locked. The
 * start now stands in the batch as it is: the batch is committed again.
 */
export class PermitsMisjudged extends Error {
  override readonly name = 'PermitsMisjudged';
}

/** asksForPermits: its first steps, or those of its iterations, need permits. */
export function asksForPermits({ launch, iterations }: NewRun): boolean {
  return launch.decision.commands.some(({ type }) => type === 'request-permits') || iterations.some(asksForPermits);
}
