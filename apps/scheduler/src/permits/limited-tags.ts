import { NO_LIMITS, type IsLimited } from '@maestro/engine';
import type { TagKey } from '../rows/permit-rows.js';

/** LimitedTag is a limit that people or a workflow have set. */
export interface LimitedTag extends TagKey {
  readonly limit: number | undefined;
  /** Who has set it; people when it is not given. */
  readonly kind?: 'TAG' | 'WORKFLOW';
}

/**
 * LimitedTags are the names of the tags that are limited, as this replica has last read them: a step without one of them costs nothing. A
 * new limit holds for steps that come to ask after the replica has heard of it.
 */
export class LimitedTags {
  private tenants = new Map<string, Map<string, LimitedTag>>();
  private checks = new Map<string, IsLimited>();
  private revision = -1n;

  /** refresh takes over what was read, unless that is older than what is known. */
  refresh(revision: bigint, tags: readonly LimitedTag[]): void {
    if (revision < this.revision) return;
    this.revision = revision;
    this.tenants = new Map();
    this.checks = new Map();
    for (const tag of tags) {
      const known = this.tenants.get(tag.tenant) ?? new Map<string, LimitedTag>();
      this.tenants.set(tag.tenant, known.set(tag.name, tag));
    }
    for (const [tenant, names] of this.tenants) this.checks.set(tenant, (tag) => names.has(tag));
  }

  get current(): bigint {
    return this.revision;
  }

  /** of says which tags of a tenant are limited. */
  of(tenant: string): IsLimited {
    return this.checks.get(tenant) ?? NO_LIMITS;
  }

  /** The limit of a tag; undefined = it has none. */
  limit(tag: TagKey): number | undefined {
    return this.find(tag)?.limit;
  }

  /** A tag with a limit; undefined = it has none. */
  find({ tenant, name }: TagKey): LimitedTag | undefined {
    return this.tenants.get(tenant)?.get(name);
  }
}
