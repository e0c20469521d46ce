import type { ParamDefinitions, Params } from '@maestro/domain';
import { cleanParams } from '../clean.js';
import { paramsToDefinitions } from '../params-to-definitions.js';
import { own } from '../record.js';
import { launchContext, type Launch } from './launch-context.js';
import { mergeOverDefaults } from './merge-over-defaults.js';

/** WorkflowLayers are the params of a fresh run, lowest layer first. */
export interface WorkflowLayers {
  readonly defaults: ParamDefinitions;
  /** As `mergeDefinitionParams` answers them. */
  readonly definition: ParamDefinitions;
  readonly runParams: ParamDefinitions;
  readonly launch: Launch;
}

/**
 * mergeDefinitionParams puts the params of a workflow's definition over the defaults; the answer holds the names of the
 * definition. Throws MaestroError INVALID_PARAM, such as for a reserved name.
 */
export function mergeDefinitionParams(defaults: ParamDefinitions, definition: ParamDefinitions): ParamDefinitions {
  return mergeOverDefaults(defaults, {}, definition, { source: 'DEFINITION' });
}

/**
 * mergeWorkflowParams gives the params of a fresh run (spec 2.6), cleaned: defaults, then the definition, then what the start
 * brought. Defaults that nobody overrides are left out: evaluation asks for them (`ParamsRequest.defaults`). Throws
 * MaestroError INVALID_PARAM with every violation of the layer that is wrong.
 */
export function mergeWorkflowParams({ defaults, definition, runParams, launch }: WorkflowLayers): ParamDefinitions {
  return cleanParams(mergeOverDefaults(defaults, definition, runParams, launchContext(launch)));
}

/** RestartLayers are the params of a run that repeats an instance, lowest layer first. */
export interface RestartLayers {
  readonly defaults: ParamDefinitions;
  /** All params of the previous run, its defaults included (`withDefaults`). */
  readonly previous: Params;
  readonly runParams: ParamDefinitions;
  /** `restart_config.restart_params`; only where the path of the restart ends. */
  readonly restartParams?: ParamDefinitions;
  readonly launch: Launch;
}

/**
 * mergeRestartParams gives the params of a restart (spec 2.6), cleaned: the values that the previous run had, frozen as
 * literals, then `run_params`, then `restart_params`. Reserved names are evaluated anew. IMMUTABLE params keep their value
 * too; the original evaluates them again, so that they could change. Throws MaestroError INVALID_PARAM.
 */
export function mergeRestartParams(layers: RestartLayers): ParamDefinitions {
  const { defaults, previous, runParams, restartParams = {}, launch } = layers;
  const kept = Object.entries(previous).filter(([name]) => own(defaults, name)?.internalMode !== 'RESERVED');
  const frozen = paramsToDefinitions(Object.fromEntries(kept));
  const base = mergeOverDefaults(defaults, {}, frozen, { source: 'SYSTEM' });
  const context = launchContext({ ...launch, restart: true });
  const merged = mergeOverDefaults(defaults, base, runParams, context);
  return cleanParams(mergeOverDefaults(defaults, merged, restartParams, { source: 'RESTART', restart: true }));
}
