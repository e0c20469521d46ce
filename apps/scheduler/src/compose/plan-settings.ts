import { readDefaultParams } from '@maestro/dsl';
import type { PlanSettings } from '@maestro/engine';
import { DEFAULT_PARAMS, overrideDefaults } from '@maestro/params';
import { decodeExactJson } from '@maestro/wire';
import type { SchedulerConfig } from '../config.js';

/** planSettings are what the configuration puts around all definitions. Throws INVALID_PARAM for default params that cannot be read. */
export function planSettings(
  config: Pick<SchedulerConfig, 'defaultParams' | 'executionEnvironment' | 'loopIterations'>,
): PlanSettings {
  const { defaultParams, executionEnvironment, loopIterations } = config;
  if (defaultParams === undefined) return { defaults: DEFAULT_PARAMS, executionEnvironment, loopIterations };
  const configured = readDefaultParams(decodeExactJson(Buffer.from(defaultParams, 'utf8')));
  return { defaults: overrideDefaults(DEFAULT_PARAMS, configured), executionEnvironment, loopIterations };
}
