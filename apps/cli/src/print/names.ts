import type { Json, JsonObject } from '@maestro/domain';
import type { StrategyBody } from '../api/bodies.js';

/** userName is the name of a user, who is text or an object with a name. */
export function userName(user: Json | undefined): string {
  if (typeof user === 'string') return user;
  if (typeof user !== 'object' || user === null) return '';
  const { name } = user as JsonObject;
  return typeof name === 'string' ? name : '';
}

/** strategyText is a run strategy on one line. */
export function strategyText(strategy: StrategyBody | undefined): string {
  if (strategy === undefined) return '';
  const { rule, workflow_concurrency: concurrency } = strategy;
  return rule === 'PARALLEL' && concurrency !== undefined ? `${rule} (${concurrency})` : rule;
}
