import { MaestroError } from '@maestro/domain';
import type { PermitReader, TagPermitUse } from '../ports/permit-reader.js';
import type { TagKey } from '../rows/permit-rows.js';

/** getTagPermit reads a limit and who uses it. Throws TAG_PERMIT_NOT_FOUND. */
export async function getTagPermit({ reader }: { readonly reader: PermitReader }, tag: TagKey): Promise<TagPermitUse> {
  const found = await reader.find(tag);
  if (found !== undefined) return found;
  throw new MaestroError('TAG_PERMIT_NOT_FOUND', `The tag ${tag.name} has no limit.`, { metadata: { tag: tag.name } });
}
