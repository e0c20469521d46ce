import type { RunKey, WorkflowKey } from '@maestro/domain';
import type { TagKey } from '../../rows/permit-rows.js';
import { keyOf } from './tables.js';

export const queueLock = (workflowKey: WorkflowKey): string => keyOf('queue', workflowKey);
export const tagLock = ({ tenant, name }: TagKey): string => keyOf('tag', tenant, name);
export const runLock = (runKey: RunKey): string => keyOf('run', runKey);

/** Blocked: a transaction wants rows that another one has locked; it is tried again when those are free. */
export class Blocked extends Error {
  override readonly name = 'Blocked';
}

/** Locks are the row locks of open transactions. All that a statement needs is taken at once, or nothing. */
export class Locks {
  private readonly holders = new Map<string, object>();

  /** take locks rows for a transaction; throws Blocked when another one has some of them. */
  take(holder: object, keys: Iterable<string>): void {
    const wanted = [...keys];
    this.check(wanted, holder);
    for (const key of wanted) this.holders.set(key, holder);
  }

  /** check throws Blocked when a transaction other than `holder` has one of these rows. */
  check(keys: Iterable<string>, holder?: object): void {
    for (const key of keys) {
      const known = this.holders.get(key);
      if (known !== undefined && known !== holder) throw new Blocked(`waits for ${key}`);
    }
  }

  release(holder: object): void {
    for (const [key, known] of this.holders) if (known === holder) this.holders.delete(key);
  }
}
