import type { Millis } from '@maestro/domain';
import type { Pool } from 'pg';
import type { DefinitionStore } from '../../ports/definition-store.js';
import { DEFAULT_RETENTION_CLASS, retentionClassOf } from '../../retention/retention-class.js';
import { ensurePartitionsOf } from './partitions.js';

/**
 * withPartitions makes the partitions of a retention class before the first plan that has it is given out: nothing can be started before.
 * From then on the class has runs, or at least partitions, and the hourly round makes those of the weeks to come.
 */
export function withPartitions(definitions: DefinitionStore, pool: Pool, now: () => Millis): DefinitionStore {
  const made = new Map<number, Promise<void>>([[DEFAULT_RETENTION_CLASS, Promise.resolve()]]);
  const make = (retentionClass: number): Promise<void> => {
    const making = ensurePartitionsOf(pool, retentionClass, now());
    // What failed is tried again by the next one who needs it.
    making.catch(() => made.delete(retentionClass));
    made.set(retentionClass, making);
    return making;
  };
  return {
    ...definitions,
    plan: async (...version) => {
      const plan = await definitions.plan(...version);
      const retentionClass = retentionClassOf(plan.workflow);
      await (made.get(retentionClass) ?? make(retentionClass));
      return plan;
    },
  };
}
