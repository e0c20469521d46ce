import type { Millis } from '@maestro/domain';
import type { PoolChooser } from '../commit/step-pool.js';
import type { ExecutorState } from '../ports/wait-reader.js';

/** PoolFacts is what the live executors of one pool can do for one step type. */
export interface PoolFacts {
  /** Live executors of the pool that take the type and are not draining. */
  readonly serving: readonly ExecutorState[];
  readonly slots: number;
  readonly freeSlots: number;
  /** Why nobody serves, in a sentence; undefined when somebody does. */
  readonly nobody: string | undefined;
}

/** poolsOf chooses pools by labels among executors whose leases hold, as dispatches do. */
export function poolsOf(executors: readonly ExecutorState[], now: Millis): PoolChooser {
  const live = executors.filter(({ expiresAt, draining }) => expiresAt > now && !draining);
  const pools = [...new Set(live.map(({ pool }) => pool))].sort();
  return {
    withLabels: (labels) => {
      const has = (pool: string): boolean =>
        live.every((each) => each.pool !== pool || labels.every((label) => each.labels.includes(label)));
      return pools.find(has);
    },
  };
}

/** poolFacts looks at the executors whose leases hold. */
export function poolFacts(
  executors: readonly ExecutorState[],
  { pool, type }: { readonly pool: string; readonly type: string },
  now: Millis,
): PoolFacts {
  const live = executors.filter(({ expiresAt }) => expiresAt > now);
  const members = live.filter((executor) => executor.pool === pool);
  const serving = members.filter(({ draining, stepTypes }) => !draining && stepTypes.includes(type));
  return {
    serving,
    slots: sum(serving.map(({ slots }) => slots)),
    freeSlots: sum(serving.map(({ freeSlots }) => freeSlots)),
    nobody: serving.length > 0 ? undefined : nobody(live, members, { pool, type }),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function nobody(
  live: readonly ExecutorState[],
  members: readonly ExecutorState[],
  { pool, type }: { readonly pool: string; readonly type: string },
): string {
  if (members.length > 0) return `No executor of pool ${pool} takes steps of type ${type}: ${describe(members)}.`;
  if (live.length === 0) return `Pool ${pool} has no executor that is alive, nor has any other pool.`;
  return `Pool ${pool} has no executor that is alive; there are: ${describe(live)}.`;
}

/** How many executors an explanation names. */
const NAMED = 5;

function describe(executors: readonly ExecutorState[]): string {
  const named = executors.slice(0, NAMED).map(({ executorId, pool, slots, freeSlots, draining, stepTypes }) => {
    const state = draining ? 'draining' : `${freeSlots} of ${slots} slots free`;
    return `${executorId} (pool ${pool}, ${state}, takes ${stepTypes.join(', ') || 'nothing'})`;
  });
  const more = executors.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}
