import { MaestroError, type JsonObject, type Millis } from '@maestro/domain';
import type { PermitReader, TagPermit } from '../ports/permit-reader.js';
import type { PermitStore } from '../ports/permit-store.js';
import type { TagKey } from '../rows/permit-rows.js';
import { getTagPermit } from './get-tag-permit.js';

/** PermitDeps is what limits of tags are set and read with. */
export interface PermitDeps {
  readonly permits: PermitStore;
  readonly reader: PermitReader;
  now(): Millis;
  /** Read the limits again, and admit those for whom there is room now. */
  limitsChanged(): Promise<void>;
}

/** setTagPermit limits a tag; when it answers, this replica knows of it and has admitted those for whom there is room now. */
export async function setTagPermit(
  deps: PermitDeps,
  tag: TagKey,
  limit: number | undefined,
  extra: JsonObject,
): Promise<TagPermit> {
  if (limit === undefined || limit < 0) {
    const violations = [{ path: 'max_allowed', message: 'must be a whole number of steps, 0 or more' }];
    throw new MaestroError('INVALID_REQUEST', 'The request does not say how many steps may run at a time.', {
      violations,
    });
  }
  await deps.permits.setLimit({ ...tag, limit }, deps.now(), extra);
  await deps.limitsChanged();
  return (await getTagPermit(deps, tag)).permit;
}
