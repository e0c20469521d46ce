import { MaestroError, type Millis } from '@maestro/domain';
import type { Started } from '../start-workflow.js';
import type { TriggerReference } from './pause-trigger.js';
import { startFiring } from './start-firing.js';
import { triggersOf, type TriggerDeps } from './trigger-deps.js';

/** fireTrigger starts the workflow as a trigger would, for a nominal time; 0 = now, in whole seconds. */
export async function fireTrigger(
  deps: TriggerDeps,
  { workflowId, triggerId }: TriggerReference,
  nominalTime: bigint,
): Promise<Started & { readonly nominal: Millis }> {
  const rows = await triggersOf(deps, workflowId, triggerId);
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    const ids = rows.map((each) => each.triggerId).join(', ');
    throw new MaestroError('INVALID_REQUEST', `${workflowId} has ${rows.length} time triggers.`, {
      violations: [{ path: 'trigger_id', message: row === undefined ? 'there is none to fire' : `name one of ${ids}` }],
    });
  }
  const nominal = nominalTime === 0n ? Math.floor(deps.now() / 1_000) * 1_000 : Number(nominalTime);
  return { ...(await startFiring(deps, row, nominal, deps.compiled.of(row))), nominal };
}
