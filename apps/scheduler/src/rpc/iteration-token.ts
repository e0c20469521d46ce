import { createHash } from 'node:crypto';
import { MaestroError } from '@maestro/domain';
import { readPageAsk } from '@maestro/service';
import type { PageRequest, PageResponse } from '@maestro/proto/maestro/types/v1/common';
import type { IterationAsk, IterationPage } from '../ports/iteration-reader.js';

/** readIterationAsk reads what a caller asks for; `list` stands for the list and its filter. Throws INVALID_PAGE_TOKEN, INVALID_REQUEST. */
export function readIterationAsk(page: PageRequest | undefined, list: string): IterationAsk {
  const { size } = readPageAsk({ pageSize: page?.pageSize ?? 0, pageToken: '' }, list);
  const token = page?.pageToken ?? '';
  if (token === '') return { size, direction: 'forward' };
  const text = Buffer.from(token, 'base64url').toString('latin1');
  const [, direction, place = '', mark] = /^([fb])\.(\d{1,19}(?:-\d{1,19})*)\.([0-9a-f]{8})$/.exec(text) ?? [];
  if (mark !== markOf(list)) {
    const message = 'The page token is not one of this list with this filter. Begin at the first page.';
    throw new MaestroError('INVALID_PAGE_TOKEN', message);
  }
  return { size, direction: direction === 'b' ? 'backward' : 'forward', after: place.split('-').map(BigInt) };
}

/** iterationTokens are the tokens of a page: next is further on, previous is back towards the first iteration. */
export function iterationTokens(
  { items, next }: IterationPage,
  { direction, after }: IterationAsk,
  list: string,
): Pick<PageResponse, 'nextPageToken' | 'previousPageToken'> {
  const token = (way: 'f' | 'b', place: readonly bigint[] | undefined): string =>
    place === undefined ? '' : Buffer.from(`${way}.${place.join('-')}.${markOf(list)}`).toString('base64url');
  // Where a page was reached from, there is something on the side it was reached from.
  if (direction === 'backward')
    return { nextPageToken: token('f', items.at(-1)?.place ?? next), previousPageToken: token('b', next) };
  return { nextPageToken: token('f', next), previousPageToken: token('b', after && (items[0]?.place ?? after)) };
}

function markOf(list: string): string {
  return createHash('sha256').update(list).digest('hex').slice(0, 8);
}
