import type { ParamDefinitions } from '@maestro/domain';
import { mergeParams } from '../merge.js';
import { mapRecord, own } from '../record.js';
import { STEP_DEFAULTS } from './step-defaults.js';
import { WORKFLOW_DEFAULTS } from './workflow-defaults.js';

/** DefaultParams are what the system puts under the params of users. */
export interface DefaultParams {
  /** Of every run. */
  readonly workflow: ParamDefinitions;
  /** Of every attempt of a step. */
  readonly step: ParamDefinitions;
  /** Stand in, at validation, for params of type STRING that the workflow declares. */
  readonly dryRun: ParamDefinitions;
  /** By name of a step type in lower case: put over the defaults that the type itself brings. */
  readonly byType: Readonly<Record<string, ParamDefinitions>>;
}

/** DEFAULT_PARAMS are the system's defaults without any configuration. */
export const DEFAULT_PARAMS: DefaultParams = {
  workflow: WORKFLOW_DEFAULTS,
  step: STEP_DEFAULTS,
  dryRun: {
    FROM_DATE: { type: 'STRING', value: '20210101', source: 'SYSTEM_DEFAULT' },
    TO_DATE: { type: 'STRING', value: '20210101', source: 'SYSTEM_DEFAULT' },
  },
  byType: {},
};

/**
 * overrideDefaults puts configured defaults over others: known names change, new ones are added (the original's
 * `maestro.default-params.{workflow,step,dry-run,by-type}`). Throws MaestroError INVALID_PARAM for what cannot be merged.
 */
export function overrideDefaults(defaults: DefaultParams, configured: Partial<DefaultParams>): DefaultParams {
  const byType = Object.entries(configured.byType ?? {}).map(([type, params]): [string, ParamDefinitions] => {
    const name = type.toLowerCase();
    return [name, over(own(defaults.byType, name) ?? {}, params)];
  });
  return {
    workflow: over(defaults.workflow, configured.workflow),
    step: over(defaults.step, configured.step),
    dryRun: over(defaults.dryRun, configured.dryRun),
    byType: { ...defaults.byType, ...Object.fromEntries(byType) },
  };
}

/**
 * defaultsByType are the default params of one step type: what the type itself brings, and over it what is configured for its name.
 * Throws MaestroError INVALID_PARAM for what cannot be merged.
 */
export function defaultsByType({ byType }: DefaultParams, type: string, ofType: ParamDefinitions): ParamDefinitions {
  const configured = own(byType, type.toLowerCase());
  return configured === undefined ? ofType : over(ofType, configured);
}

function over(defaults: ParamDefinitions, configured: ParamDefinitions = {}): ParamDefinitions {
  const merged = mergeParams(defaults, configured, { source: 'SYSTEM_DEFAULT' });
  return mapRecord(merged, (definition) => ({ ...definition, source: 'SYSTEM_DEFAULT' }));
}
