import type { RunChange } from '@maestro/alerting';
import type { AlertEffects } from '../../ports/alerts.js';
import type { EventListener } from '../../ports/event-listener.js';
import type { MaestroEvent, RunStatusChanged, StepStatusChanged } from '../../ports/maestro-event.js';
import { effectsOfDefinition, type DefinitionDeps } from './effects-of-definition.js';
import { effectsOfRun } from './effects-of-run.js';
import type { RaiseAlerts } from './raise-alerts.js';
import { RunMemory } from './run-memory.js';

export interface AlertListenerDeps extends DefinitionDeps {
  /** Something is to be sent, or to be looked at in time. */
  readonly changed: () => void;
  readonly raise: RaiseAlerts;
}

/** alertListener makes alerts of what happens, and watches of what may take too long. */
export function alertListener(deps: AlertListenerDeps): EventListener {
  return {
    hear: async (events) => {
      const memory = new RunMemory(deps.runs);
      const effects: AlertEffects[] = [];
      for (const event of events) effects.push(...(await effectsOf(event, deps, memory)));
      if (effects.length === 0) return;
      await deps.raise(effects);
      deps.changed();
    },
  };
}

async function effectsOf(
  event: MaestroEvent,
  deps: AlertListenerDeps,
  memory: RunMemory,
): Promise<readonly AlertEffects[]> {
  if (event.type === 'workflow') return effectsOfDefinition(event, deps);
  if (event.type === 'signal' || event.type === 'alert') return [];
  const wanted = await deps.wanted.of(event.workflowId, event.tenant);
  return wanted === undefined ? [] : effectsOfRun(changeOf(event), wanted, { runs: deps.runs, memory });
}

function changeOf(event: RunStatusChanged | StepStatusChanged): RunChange {
  const { workflowId, instanceId, runId, tenant, time } = event;
  const head = { run: { workflowId, instanceId, runId }, tenant };
  if (event.type === 'run') return { ...head, status: { to: event.newStatus, time }, steps: [] };
  const { stepId, attemptId: attempt, oldStatus: from = 'NOT_CREATED', newStatus: to } = event;
  return { ...head, steps: [{ stepId, attempt, from, to, time }] };
}
