import type { StepIdentity } from '@maestro/domain';
import type { LogStore, StoredLogChunk } from '../ports/log-store.js';
import { ALL_TAILS_BYTES } from './log-limits.js';
import { mergeChunks } from './merge-chunks.js';

export interface LogWriterOptions {
  readonly store: LogStore;
  /** Told when the store refused; the chunks are tried again. */
  readonly failed: (error: unknown) => void;
  readonly flushMs?: number;
  readonly maxBufferedBytes?: number;
}

/** How long a line may wait for others: short enough to feel live, long enough to share a statement. */
const FLUSH_MS = 150;
/** What is written at once, whatever the time. */
const FLUSH_BYTES = 256 * 1024;
/** What is written in one statement: more would hold up the lines of others behind a flood, and take its size several times. */
const BATCH_BYTES = 2 * 1024 * 1024;
/** What is kept while Postgres is away; then logs are cut rather than memory filled. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
const RETRY_MS = 1_000;
/** Bookkeeping of a chunk, so that many empty ones count too. */
const CHUNK_OVERHEAD = 200;

/** LogWriter batches the chunks of all attempts into few statements. */
export class LogWriter {
  private buffer: StoredLogChunk[] = [];
  /** What the store refused: tried again as it is, since some of it may be stored already. */
  private refused: readonly StoredLogChunk[] = [];
  private bytes = 0;
  /** Bytes in the buffer of each attempt. */
  private readonly shares = new Map<StepIdentity, number>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor(private readonly options: LogWriterOptions) {}

  /**
   * add buffers a chunk; false when there is no room for it. The end of a log has room of its own, as much as all ends may have taken
   * before; its mark always finds some. Of the rest an attempt may take as much as it leaves free: one alone gets half of it, and those that
   * flood their logs never leave others without.
   */
  add(chunk: StoredLogChunk, isEnd = false): boolean {
    const max = this.options.maxBufferedBytes ?? MAX_BUFFERED_BYTES;
    const size = chunk.data.length + CHUNK_OVERHEAD;
    const share = (this.shares.get(chunk.of) ?? 0) + size;
    const fits = this.bytes + size + (isEnd ? 0 : share) <= max + (isEnd ? ALL_TAILS_BYTES : 0);
    if (!fits && !chunk.last) return false;
    this.buffer.push(chunk);
    this.bytes += size;
    this.shares.set(chunk.of, share);
    // Who asks for a log when its step has just ended should find it.
    this.schedule(chunk.last || this.bytes >= FLUSH_BYTES ? 0 : (this.options.flushMs ?? FLUSH_MS));
    return true;
  }

  /** flush writes what is buffered; what the store refuses stays for the next time. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    await this.writing;
  }

  /** close writes what it can until the store refuses twice. */
  async close(): Promise<void> {
    for (let refusals = 0; this.bytes > 0 && refusals < 2;) {
      await this.flush();
      if (this.refused.length > 0) refusals += 1;
    }
    clearTimeout(this.timer);
  }

  private schedule(delayMs: number): void {
    if (this.writing !== undefined || (this.timer !== undefined && delayMs > 0)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private async write(): Promise<void> {
    const batch = this.refused.length > 0 ? this.refused : this.takeBuffer();
    if (batch.length === 0) return;
    let pauseMs = this.options.flushMs ?? FLUSH_MS;
    try {
      await this.options.store.append(batch);
      this.refused = [];
    } catch (error) {
      this.options.failed(error);
      this.refused = batch;
      pauseMs = RETRY_MS;
    }
    this.bytes = sizeOf(this.refused) + sizeOf(this.buffer);
    const behind = this.refused.length === 0 && this.bytes >= FLUSH_BYTES;
    if (this.bytes > 0) this.timer ??= setTimeout(() => void this.flush(), behind ? 0 : pauseMs);
  }

  /** The oldest of the buffer, as much as one statement takes. */
  private takeBuffer(): readonly StoredLogChunk[] {
    let count = 0;
    for (let bytes = 0; count < this.buffer.length && bytes < BATCH_BYTES; count += 1) {
      const { of, data } = this.buffer[count] as StoredLogChunk;
      const size = data.length + CHUNK_OVERHEAD;
      bytes += size;
      this.shares.set(of, (this.shares.get(of) ?? 0) - size);
      if (this.shares.get(of) === 0) this.shares.delete(of);
    }
    return mergeChunks(this.buffer.splice(0, count));
  }
}

function sizeOf(chunks: readonly StoredLogChunk[]): number {
  return chunks.reduce((sum, { data }) => sum + data.length + CHUNK_OVERHEAD, 0);
}
