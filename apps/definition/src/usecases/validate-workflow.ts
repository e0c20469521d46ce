import type { PushRequest, TimelineEvent } from '@maestro/domain';
import type { Asking } from './asking.js';
import { checkPush } from './check-push.js';
import { dryRun, type DryRunDeps } from './dry-run.js';

/**
 * validateWorkflow checks a definition and stores nothing. It names more than a push refuses: also mistakes that only what a
 * start brings could make right. Throws as pushWorkflow.
 */
export async function validateWorkflow(
  deps: DryRunDeps,
  { author, tenant }: Pick<Asking, 'author' | 'tenant'>,
  request: PushRequest,
): Promise<TimelineEvent> {
  await checkPush(deps, request, { tenant, content: 'all' });
  await dryRun(deps, request);
  const message = `The definition of workflow "${request.workflow.id}" is valid.`;
  return { type: 'ACTION', timestamp: deps.clock.now(), action: 'VALIDATE', author, message };
}
