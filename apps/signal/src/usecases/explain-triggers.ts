import { MaestroError, type TriggerFinding } from '@maestro/domain';
import type { ActiveTriggers, TriggerStanding, TriggerStandings } from '../ports/trigger-standings.js';
import { explainStanding } from './explain-standing.js';

export interface ExplainTriggersDeps {
  readonly standings: TriggerStandings;
  readonly active: ActiveTriggers;
}

/** ExplainedTriggers is what the triggers of a workflow still miss, and what they did last. */
export interface ExplainedTriggers {
  /** Why there are none. */
  readonly findings: readonly TriggerFinding[];
  readonly triggers: readonly { readonly standing: TriggerStanding; readonly findings: readonly TriggerFinding[] }[];
}

/** explainTriggers: `uuid` empty = all. Throws WORKFLOW_NOT_FOUND, and INVALID_REQUEST for an unknown trigger. */
export async function explainTriggers(
  { standings, active }: ExplainTriggersDeps,
  workflowId: string,
  uuid: string,
): Promise<ExplainedTriggers> {
  const all = await standings.of(workflowId);
  if (all.length === 0) return { findings: [await whyNone(active, workflowId)], triggers: [] };
  const wanted = uuid === '' ? all : all.filter((each) => each.uuid === uuid);
  if (wanted.length === 0) {
    const message = `must be one of ${all.map((each) => each.uuid).join(', ')}`;
    throw new MaestroError('INVALID_REQUEST', `${workflowId} has no signal trigger "${uuid}" now.`, {
      violations: [{ path: 'trigger_uuid', message }],
    });
  }
  const triggers = wanted.map((standing) => ({ standing, findings: explainStanding(standing) }));
  return { findings: [], triggers };
}

async function whyNone(active: ActiveTriggers, workflowId: string): Promise<TriggerFinding> {
  try {
    const { count, disabled } = await active.of(workflowId);
    if (disabled) return SWITCHED_OFF;
    return count === 0 ? NONE : UNREAD;
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'NO_ACTIVE_VERSION') return INACTIVE;
    throw error;
  }
}

const NONE: TriggerFinding = { kind: 'NONE', message: 'The active version has no signal triggers.' };
const UNREAD: TriggerFinding = {
  kind: 'NONE',
  message: 'The active version became active only just now; its signal triggers are about to be subscribed.',
};
const SWITCHED_OFF: TriggerFinding = {
  kind: 'SWITCHED_OFF',
  message: 'The signal triggers of the workflow are switched off.',
  remedy: 'Set the property signal_trigger_disabled to false.',
};
const INACTIVE: TriggerFinding = {
  kind: 'INACTIVE',
  message: 'No version of the workflow is active, and triggers belong to the active one.',
  remedy: 'Activate a version.',
};
