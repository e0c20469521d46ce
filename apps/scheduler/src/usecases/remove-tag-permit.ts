import type { TagKey } from '../rows/permit-rows.js';
import { getTagPermit } from './get-tag-permit.js';
import type { PermitDeps } from './set-tag-permit.js';

/** removeTagPermit limits a tag no longer, and admits those who waited for it. Throws TAG_PERMIT_NOT_FOUND. */
export async function removeTagPermit(deps: PermitDeps, tag: TagKey): Promise<void> {
  await getTagPermit(deps, tag);
  await deps.permits.setLimit({ ...tag, limit: undefined }, deps.now());
  await deps.limitsChanged();
}
