import { MaestroError } from '@maestro/domain';
import type { LoopStepReference } from '@maestro/proto/maestro/scheduler/v1/view_service';
import type { RunReference } from '../ports/run-reader.js';
import { runReferenceOf } from './run-reference.js';

/** loopStepOf reads which step a caller means. Throws INVALID_REQUEST when it names none. */
export function loopStepOf(step: LoopStepReference | undefined): {
  readonly run: RunReference;
  readonly stepId: string;
} {
  const run = runReferenceOf(step?.run);
  const stepId = step?.stepId ?? '';
  if (stepId !== '') return { run, stepId };
  const violations = [{ path: 'step.step_id', message: 'is required' }];
  throw new MaestroError('INVALID_REQUEST', 'The request does not say which step it is about.', { violations });
}
