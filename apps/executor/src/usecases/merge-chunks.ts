import type { StepIdentity } from '@maestro/domain';
import type { StoredLogChunk } from '../ports/log-store.js';

/** A row is read and sent as a whole: pieces stay small enough to stream. */
const MAX_CHUNK_BYTES = 64 * 1024;

interface Run {
  readonly first: StoredLogChunk;
  readonly pieces: Uint8Array[];
  bytes: number;
  truncated: boolean;
}

/**
 * mergeChunks joins what one attempt wrote to one stream in a row: a script that writes byte by byte costs a row a flush
 * and not a row a byte. Order within each log is kept; a mark of the end stays a chunk of its own.
 */
export function mergeChunks(chunks: readonly StoredLogChunk[]): StoredLogChunk[] {
  const runs: Run[] = [];
  const open = new Map<StepIdentity, Run>();
  for (const chunk of chunks) {
    const run = open.get(chunk.of);
    if (run !== undefined && joins(run, chunk)) {
      run.pieces.push(chunk.data);
      run.bytes += chunk.data.length;
      run.truncated ||= chunk.truncated;
      continue;
    }
    const started: Run = { first: chunk, pieces: [chunk.data], bytes: chunk.data.length, truncated: chunk.truncated };
    runs.push(started);
    open.set(chunk.of, started);
  }
  return runs.map(({ first, pieces, truncated }) =>
    pieces.length === 1 ? first : { ...first, data: Buffer.concat(pieces), truncated },
  );
}

function joins({ first, bytes }: Run, chunk: StoredLogChunk): boolean {
  return first.stream === chunk.stream && !chunk.last && !first.last && bytes + chunk.data.length <= MAX_CHUNK_BYTES;
}
