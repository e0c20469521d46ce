import type { RestartConfig } from '@maestro/domain';
import { restartPoint } from './restart-policy.js';
import type { RestartState } from './restart-state.js';

/** stepParamsOf: what a restart has changed in the params of steps holds in later ones, as what it changed in those of the workflow does. */
export function stepParamsOf(earlier: RestartState | undefined, config: RestartConfig): RestartState['stepParams'] {
  const before = earlier?.stepParams ?? {};
  const given = restartPoint(config).isTarget ? config.stepParams : {};
  const merged = Object.entries(given).map(([id, params]) => [id, { ...before[id], ...params }]);
  return { ...before, ...(Object.fromEntries(merged) as RestartState['stepParams']) };
}
