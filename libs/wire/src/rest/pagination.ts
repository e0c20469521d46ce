import type { Json, JsonObject } from '@maestro/domain';
import type { PageResponse } from '@maestro/proto/maestro/types/v1/common';
import { jsonFields, textJson } from './fields.js';

/**
 * paginationToJson: a page of a list (§4.6 of Maestro's model). Cursors are opaque tokens: `end_cursor` continues with
 * `first` (older), `start_cursor` with `last` (newer). The place of the page is known for the newest page alone.
 */
export function paginationToJson(elements: readonly Json[], page: PageResponse | undefined): JsonObject {
  const older = page?.nextPageToken ?? '';
  const newer = page?.previousPageToken ?? '';
  const info = jsonFields({
    start_cursor: textJson(newer),
    end_cursor: textJson(older),
    has_previous_page: newer !== '',
    has_next_page: older !== '',
    start_index: newer === '' && elements.length > 0 ? 1n : undefined,
  });
  return { elements, page_info: info, total_count: page?.totalCount ?? BigInt(elements.length) };
}
