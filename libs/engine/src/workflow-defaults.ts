import type { Params, ParamValue, RunKey } from '@maestro/domain';
import { DefaultsOnDemand, type ParamScope } from '@maestro/params';
import type { Plan } from './plan.js';
import type { RunHeader } from './state.js';
import { workflowScope } from './workflow-scope.js';

/** The evaluations of runs at work, by their params, which are only replaced as a whole; nothing of it is stored. */
const evaluations = new WeakMap<Params, { readonly runKey: RunKey; readonly defaults: DefaultsOnDemand }>();

/** Evaluated is as much of a run as its default params need. */
export type Evaluated = Pick<
  RunHeader,
  'workflowId' | 'instanceId' | 'runId' | 'runKey' | 'initiator' | 'runPolicy' | 'params' | 'createTime'
>;

function defaultsOf(plan: Plan, run: Evaluated): DefaultsOnDemand {
  const known = evaluations.get(run.params);
  if (known?.runKey === run.runKey) return known.defaults;
  const { compiler, settings } = plan;
  const { params, createTime: at, runKey } = run;
  const defaults = settings.defaults.workflow;
  const made = new DefaultsOnDemand({ defaults, params, scope: workflowScope(plan, run), compiler, at });
  evaluations.set(params, { runKey, defaults: made });
  return made;
}

/** workflowParamsScope shows the workflow params of a run: those it holds, and defaults, evaluated when they are asked for. */
export function workflowParamsScope(
  plan: Plan,
  run: Evaluated,
): Required<Pick<ParamScope, 'workflowParams' | 'workflowDefault'>> {
  return { workflowParams: run.params, workflowDefault: (name) => workflowDefault(plan, run, name) };
}

/** Most names are no defaults: they cost one look. */
function workflowDefault(plan: Plan, run: Evaluated, name: string): ParamValue | undefined {
  return Object.hasOwn(plan.settings.defaults.workflow, name) ? defaultsOf(plan, run).value(name) : undefined;
}

/**
 * allWorkflowParams are the params of a run with its defaults, as callers see them and as a restart takes them over. Costs an
 * evaluation of each default.
 */
export function allWorkflowParams(plan: Plan, run: Evaluated): Params {
  return defaultsOf(plan, run).all();
}

/** The defaults that follow from the time and initiator of a run; all others follow from these. */
const INPUTS = ['DSL_DEFAULT_TZ', 'WORKFLOW_CRON_TIMEZONE', 'RUN_TS'] as const;

/**
 * inheritedParams are the workflow params that iterations and children of a run take over: those it holds, and what its defaults follow
 * from, so that theirs are the same.
 */
export function inheritedParams(plan: Plan, run: Evaluated): Params {
  return { ...defaultsOf(plan, run).some(INPUTS), ...run.params };
}
