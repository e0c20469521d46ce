import type { ParamDefinitions } from '@maestro/domain';
import { cleanParams } from '../clean.js';
import { mergeOverDefaults } from './merge-over-defaults.js';
import { stepLaunchContext, type Launch } from './launch-context.js';
import type { MergeContext } from '../merge-permission.js';

/** StepDefinitionLayers are what is known of a step's params before a run, lowest layer first. */
export interface StepDefinitionLayers {
  /** Default params of every step: reserved. */
  readonly defaults: ParamDefinitions;
  readonly byType: ParamDefinitions;
  /** Of the job template; merged with the workflow params of its names. */
  readonly template?: ParamDefinitions;
  /** What the runtime of the type injects. */
  readonly injected?: ParamDefinitions;
  readonly definition: ParamDefinitions;
}

/** StepLayers add what a run brings. */
export interface StepLayers extends StepDefinitionLayers {
  /** `step_run_params` of the run for this step. */
  readonly runParams?: ParamDefinitions;
  /** `restart_config.step_restart_params` for this step. */
  readonly restartParams?: ParamDefinitions;
  /** Constants that the system injects into a restart. */
  readonly system?: ParamDefinitions;
  readonly launch: Launch;
}

interface Layer {
  readonly params: ParamDefinitions;
  readonly context: MergeContext;
}

const NONE: ParamDefinitions = {};
const RESTART: MergeContext = { source: 'RESTART', restart: true };

/**
 * mergeStepParams gives the params of an attempt (spec 2.6), cleaned: defaults, by type, template, injected, the run's and the
 * restart's for names that the step does not define, the definition, then the run's and the restart's for names it does, then
 * the system's. Throws MaestroError INVALID_PARAM with every violation of the layer that is wrong.
 */
export function mergeStepParams(layers: StepLayers): ParamDefinitions {
  const run = splitBy(layers.definition, layers.runParams);
  const restart = splitBy(layers.definition, layers.restartParams);
  const context = stepLaunchContext(layers.launch);
  return cleanParams(
    mergeAll(layers.defaults, [
      ...systemLayers(layers),
      { params: run.others, context },
      { params: restart.others, context: RESTART },
      { params: layers.definition, context: { source: 'DEFINITION' } },
      { params: run.defined, context },
      { params: restart.defined, context: RESTART },
      { params: layers.system ?? NONE, context: { source: 'SYSTEM' } },
    ]),
  );
}

/**
 * mergeStepDefinition is the same without a run, and not cleaned: what a step is known to have at push. Throws MaestroError
 * INVALID_PARAM.
 */
export function mergeStepDefinition(layers: StepDefinitionLayers): ParamDefinitions {
  const own: Layer = { params: layers.definition, context: { source: 'DEFINITION' } };
  return mergeAll(layers.defaults, [...systemLayers(layers), own]);
}

function systemLayers({ byType, template = NONE, injected = NONE }: StepDefinitionLayers): readonly Layer[] {
  return [
    { params: byType, context: { source: 'SYSTEM_DEFAULT' } },
    { params: template, context: { source: 'TEMPLATE_SCHEMA' } },
    { params: injected, context: { source: 'SYSTEM_INJECTED' } },
  ];
}

function mergeAll(defaults: ParamDefinitions, layers: readonly Layer[]): ParamDefinitions {
  return layers.reduce<ParamDefinitions>(
    (merged, { params, context }) => mergeOverDefaults(defaults, merged, params, context),
    NONE,
  );
}

function splitBy(definition: ParamDefinitions, params: ParamDefinitions = NONE) {
  const entries = Object.entries(params);
  return {
    defined: Object.fromEntries(entries.filter(([name]) => Object.hasOwn(definition, name))),
    others: Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(definition, name))),
  };
}
