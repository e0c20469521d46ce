import { createHash } from 'node:crypto';
import { MAX_PAGE_SIZE, MaestroError } from '@maestro/domain';
import type { Page, PageAsk } from './page.js';

const DEFAULT_PAGE_SIZE = 50;
const TOKEN = /^([on])\.(\d{1,19})\.([0-9a-f]{8})$/;

/** PageTokens are the tokens of a page; empty text where there is nothing on that side. */
export interface PageTokens {
  readonly nextPageToken: string;
  readonly previousPageToken: string;
}

/**
 * readPageAsk reads what a caller asks for. `list` stands for the list and its filter: a token is good for the list it
 * came from only. Throws INVALID_PAGE_TOKEN, or INVALID_REQUEST for a bad size.
 */
export function readPageAsk(
  page: { readonly pageSize: number; readonly pageToken: string } | undefined,
  list: string,
): PageAsk {
  const size = page?.pageSize || DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    const message = `is ${size}; it must be 1 to ${MAX_PAGE_SIZE}`;
    throw new MaestroError('INVALID_REQUEST', `page_size ${message}.`, {
      violations: [{ path: 'page.page_size', message }],
    });
  }
  const token = page?.pageToken ?? '';
  if (token === '') return { size, direction: 'older' };
  const [, direction, cursor, mark] = TOKEN.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (cursor === undefined || mark !== markOf(list)) {
    throw new MaestroError(
      'INVALID_PAGE_TOKEN',
      'The page token is not one of this list with this filter. Begin at the first page.',
    );
  }
  return { size, direction: direction === 'n' ? 'newer' : 'older', cursor: BigInt(cursor) };
}

/** pageTokens writes the tokens of a page of the list. */
export function pageTokens(page: Page<unknown>, list: string): PageTokens {
  const token = (direction: 'o' | 'n', key: bigint | undefined): string =>
    key === undefined ? '' : Buffer.from(`${direction}.${key}.${markOf(list)}`).toString('base64url');
  return { nextPageToken: token('o', page.older), previousPageToken: token('n', page.newer) };
}

function markOf(list: string): string {
  return createHash('sha256').update(list).digest('hex').slice(0, 8);
}
