import type { StepIdentity } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** LOG_CHANNEL is where Postgres tells all executors that logs have grown. */
export const LOG_CHANNEL = 'maestro_attempt_log';

/** logKey names the log of one attempt in notifications. */
export function logKey({ workflowId, instanceId, runId, stepId, attempt }: StepIdentity): string {
  return [workflowId, instanceId, runId, stepId, attempt].join('/');
}

/** notifyAppended tells at commit whose logs have grown. */
export function notifyAppended(keys: readonly string[]): Statement {
  return {
    name: 'notify-log-appended',
    text: `select pg_notify('${LOG_CHANNEL}', key) from unnest($1::text[]) as key`,
    values: [keys],
  };
}
