import type { StepIdentity } from '@maestro/domain';
import type { LogChunk, LogStore, LogStreamName } from '../ports/log-store.js';

const PAGE = 50;
const NEWLINE = 0x0a;

export interface LastLines {
  readonly tailLines: number;
  /** Only these streams; empty = all. */
  readonly streams: readonly LogStreamName[];
}

/**
 * lastLines are the pieces that hold the last lines of a log, the first cut to where the first of these lines begins. They are
 * read backwards, so that the end of a long log is as cheap as that of a short one.
 */
export async function lastLines(store: LogStore, of: StepIdentity, wanted: LastLines): Promise<readonly LogChunk[]> {
  const found: LogChunk[] = [];
  let missing = wanted.tailLines;
  let before = Number.MAX_SAFE_INTEGER;
  // A line break at the very end begins no line.
  let atEnd = true;
  for (;;) {
    const page = await store.readBack(of, before, PAGE);
    for (const chunk of page) {
      if (!chunk.last && wanted.streams.length > 0 && !wanted.streams.includes(chunk.stream)) continue;
      const start = startOfLines(chunk.data, missing, atEnd);
      found.unshift({ ...chunk, data: chunk.data.subarray(start.offset) });
      missing = start.missing;
      atEnd &&= chunk.data.length === 0;
      if (missing === 0) return found;
    }
    const oldest = page.at(-1);
    if (oldest === undefined || page.length < PAGE) return found;
    before = oldest.sequence;
  }
}

/** Where the last lines of a piece begin; `missing` is how many have to come from earlier pieces. */
function startOfLines(data: Uint8Array, wanted: number, atEnd: boolean): { offset: number; missing: number } {
  let missing = wanted;
  for (let at = data.length - 1; at >= 0; at -= 1) {
    if (data[at] !== NEWLINE || (atEnd && at === data.length - 1)) continue;
    missing -= 1;
    if (missing === 0) return { offset: at + 1, missing };
  }
  return { offset: 0, missing };
}
