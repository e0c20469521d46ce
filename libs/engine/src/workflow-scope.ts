import type { Initiator, ParamValue } from '@maestro/domain';
import type { ParamFunctionPorts, ParamScope } from '@maestro/params';
import { HostError } from '@maestro/sel';
import { uniqueIds } from './determined.js';
import type { Plan } from './plan.js';
import { triggerSignalPort } from './signals/signal-ports.js';
import type { RunHeader } from './state.js';

/** Identity is what expressions can know of a run as a whole. */
export type Identity = Pick<RunHeader, 'workflowId' | 'instanceId' | 'runId' | 'runKey' | 'initiator' | 'runPolicy'>;

/** workflowScope is what params of the workflow itself can see. */
export function workflowScope(plan: Plan, header: Identity): ParamScope {
  return {
    instanceField: (field) => workflowField(plan, field) ?? instanceField(header, field),
    functions: functionPorts(plan, header, () => `${header.runKey}/params`),
  };
}

/**
 * functionPorts are what the functions of `params` read. Loops, children and matched signals answer with the parts of the engine that know
 * them; what is absent explains itself to the expression.
 */
export function functionPorts(plan: Plan, header: Identity, purpose: () => string): ParamFunctionPorts {
  return {
    triggerParam: (name) => triggerParam(header.initiator, name),
    ...triggerSignalPort(header.initiator),
    nextUniqueId: uniqueIds(purpose),
    executionEnvironment: () => plan.settings.executionEnvironment,
  };
}

function triggerParam(initiator: Initiator, name: string): ParamValue | undefined {
  if (initiator.type !== 'SIGNAL') {
    throw new HostError(`getFromSignal: the run was started by ${initiator.type}, not by a signal trigger`);
  }
  const { params = {} } = initiator;
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** Fields that only params of the workflow can read. */
function workflowField({ settings, workflow }: Plan, field: string): ParamValue | undefined {
  if (field === 'owner') return settings.owner ?? '';
  return field === 'FIRST_TIME_TRIGGER_TIMEZONE' ? (workflow.timeTriggers?.[0]?.timezone ?? '') : undefined;
}

/** instanceField answers `params.getFromInstance(field)`: null when it has no value, undefined when there is none. */
export function instanceField(header: Identity, field: string): ParamValue | null | undefined {
  switch (field) {
    case 'workflow_id':
      return header.workflowId;
    case 'workflow_instance_id':
      return header.instanceId;
    case 'workflow_run_id':
      return header.runId;
    case 'RUN_POLICY':
      return header.runPolicy;
    default:
      return initiatorField(header.initiator, field);
  }
}

function initiatorField(initiator: Initiator, field: string): ParamValue | null | undefined {
  switch (field) {
    case 'INITIATOR_TYPE':
      return initiator.type;
    case 'INITIATOR_TIMEZONE':
      return initiator.type === 'TIME' ? (initiator.timezone ?? null) : null;
    case 'INITIATOR_RUNNER_NAME':
      return initiator.type === 'MANUAL' ? (initiator.user?.name ?? null) : undefined;
    default:
      return undefined;
  }
}
