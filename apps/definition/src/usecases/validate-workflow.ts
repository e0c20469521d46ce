import type { PushRequest, TimelineEvent } from '@maestro/domain';
import type { Clock } from '../ports/clock.js';
import { checkPush } from './check-push.js';
import { dryRun } from './dry-run.js';

/** validateWorkflow checks a definition as a push would and stores nothing. Throws as pushWorkflow. */
export function validateWorkflow(
  { clock }: { readonly clock: Clock },
  author: string,
  request: PushRequest,
): TimelineEvent {
  checkPush(request);
  dryRun(request);
  const message = `The definition of workflow "${request.workflow.id}" is valid.`;
  return { type: 'ACTION', timestamp: clock.now(), action: 'VALIDATE', author, message };
}
